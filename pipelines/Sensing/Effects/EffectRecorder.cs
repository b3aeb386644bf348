using System.Text.Json;

namespace Sensing.Effects;

/// <summary>Writes down completions as they enter a pipeline: one JSON object a line, after a header.</summary>
/// <remarks>With the recording of the samples it makes a live run replayable, byte for byte.</remarks>
public sealed class EffectRecorder : IDisposable
{
    private readonly TextWriter _lines;

    /// <param name="lines">Where to; disposed with the recorder.</param>
    /// <param name="pipeline">The pipeline whose completions these are.</param>
    /// <param name="appends">True where <paramref name="lines"/> goes on an earlier recording, which has a header.</param>
    public EffectRecorder(TextWriter lines, string pipeline, bool appends = false)
    {
        _lines = lines;
        if (!appends)
        {
            var header = new RecordedEffectsHeader { SensingEffects = RecordedEffectsHeader.CurrentVersion, Pipeline = pipeline };
            _lines.Write(JsonSerializer.Serialize(header, RecordedEffectJson.Default.RecordedEffectsHeader) + "\n");
        }
    }

    /// <summary>Writes one completion.</summary>
    /// <param name="position">Where it enters the input.</param>
    /// <param name="completion">The completion.</param>
    /// <exception cref="IOException">The recording cannot be written.</exception>
    public void Write(StreamPosition position, EffectCompletion completion)
    {
        var line = new RecordedEffect
        {
            Until = position.Until.UtcDateTime,
            Readings = position.Readings,
            Effect = completion.Effect,
            Id = completion.Id,
            Outcome = completion.Outcome,
            Elapsed = completion.Elapsed,
            Result = completion.Result.IsEmpty ? null : JsonElement.Parse(completion.Result.Span),
            Problem = completion.Problem,
        };
        _lines.Write(JsonSerializer.Serialize(line, RecordedEffectJson.Default.RecordedEffect) + "\n");
    }

    /// <summary>Hands what was written to the operating system.</summary>
    public void Flush() => _lines.Flush();

    public void Dispose() => _lines.Dispose();
}
