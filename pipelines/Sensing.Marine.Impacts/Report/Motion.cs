using System.Text.Json;
using Sensing.Marine.Events;
using Sensing.Marine.Impacts.Detection;
using Sensing.Marine.Impacts.Models;
using Sensing.Steps;

namespace Sensing.Marine.Impacts.Report;

/// <summary>A motion that may be an impact, from its first sight to its record.</summary>
internal sealed class Motion
{
    private const int LongestWindow = 1 << 16;

    /// <summary>The command that asks about it.</summary>
    public required long Id { get; init; }

    public required DateTimeOffset ShownAt { get; init; }

    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>Severity until the decision.</summary>
    public required Severity First { get; init; }

    /// <summary>The window for an upload; null where nothing is uploaded.</summary>
    public byte[]? Window { get; init; }

    /// <summary>Number among the impacts; 0 before the answer.</summary>
    public long Number { get; set; }

    /// <summary>What the classifier says, where it is an impact; null before the answer.</summary>
    public ImpactAnswer? Answer { get; set; }

    /// <summary>Severity of the whole motion; null before it is over.</summary>
    public Severity? Whole { get; set; }

    public ImpactTrace? Trace { get; set; }

    public void Save(BinaryWriter state)
    {
        state.Write(Id);
        state.WriteTime(ShownAt);
        state.WriteTime(DecidedAt);
        state.WriteArray<Severity>([First, Whole ?? default]);
        state.Write(Whole is not null);
        state.Write(Number);
        state.WriteArray<byte>(Window ?? []);
        state.Write(Answer is null ? "" : JsonSerializer.Serialize(Answer with { Changes = [] }, ImpactJson.Default.ImpactAnswer));
        state.Write(Trace is null ? "" : JsonSerializer.Serialize(Trace, MarineEventJson.Default.ImpactTrace));
    }

    public static Motion Load(BinaryReader state)
    {
        long id = state.ReadInt64();
        DateTimeOffset shown = state.ReadTime(), decided = state.ReadTime();
        Span<Severity> severities = stackalloc Severity[2];
        state.ReadArray(severities);
        Severity? whole = state.ReadBoolean() ? severities[1] : null;
        long number = state.ReadInt64();
        byte[] window = state.ReadArray<byte>(LongestWindow);
        var motion = new Motion
        {
            Id = id,
            ShownAt = shown,
            DecidedAt = decided,
            First = severities[0],
            Whole = whole,
            Number = number,
            Window = window.Length > 0 ? window : null,
        };
        string answer = state.ReadString(), trace = state.ReadString();
        try
        {
            motion.Answer = answer.Length == 0 ? null : JsonSerializer.Deserialize(answer, ImpactJson.Default.ImpactAnswer);
            motion.Trace = trace.Length == 0 ? null : JsonSerializer.Deserialize(trace, MarineEventJson.Default.ImpactTrace);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"The saved state holds a motion that cannot be read: {error.Message}", error);
        }

        return motion;
    }
}
