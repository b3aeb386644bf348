using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace Sensing.Effects;

/// <summary>Completions out of a recording, at the very places at which they were recorded; nothing is run.</summary>
public sealed class RecordedEffects : IEffectQueue
{
    private const string OtherRun = "Replay the samples of the run that was recorded, with the same options.";

    private readonly TextReader _lines;
    private readonly string _name;
    private readonly PendingEffects _pending = new();
    private int _line;
    private RecordedEffect? _next;

    /// <param name="lines">What an <see cref="EffectRecorder"/> wrote; disposed with the queue.</param>
    /// <param name="name">Its file, for errors.</param>
    /// <param name="pipeline">The pipeline that runs.</param>
    /// <exception cref="EffectRecordingException">It is not a recording of this pipeline's completions.</exception>
    public RecordedEffects(TextReader lines, string name, string pipeline)
    {
        _lines = lines;
        _name = name;
        RecordedEffectsHeader header = Read(RecordedEffectJson.Default.RecordedEffectsHeader)
            ?? throw Wrong("The file is empty.", "Give a file that --record-effects wrote.");
        if (header.SensingEffects != RecordedEffectsHeader.CurrentVersion)
        {
            throw Wrong($"The recording has version {header.SensingEffects}, not {RecordedEffectsHeader.CurrentVersion}.", "Record the run again.");
        }

        if (header.Pipeline != pipeline)
        {
            throw Wrong($"The completions are of the pipeline '{header.Pipeline}', not of '{pipeline}'.", OtherRun);
        }

        _next = Read(RecordedEffectJson.Default.RecordedEffect);
    }

    public IReadOnlyCollection<PendingEffect> Pending => _pending.All;

    public bool HasRoom => true;

    public void Submit<TRequest, TResult>(Effect<TRequest, TResult> effect, long id, TRequest request)
        where TRequest : notnull
        where TResult : notnull
    {
        (request as IDisposable)?.Dispose();
        _pending.Add(new PendingEffect(effect.Name, id));
    }

    public void Restore(IEnumerable<PendingEffect> pending)
    {
        foreach (PendingEffect command in pending)
        {
            _pending.Add(command);
        }
    }

    public bool TryTake(StreamPosition now, [NotNullWhen(true)] out EffectCompletion? completion)
    {
        completion = null;
        if (_next is not { } next || Position(next) > now)
        {
            return false;
        }

        if (!_pending.Remove(next.Effect, next.Id))
        {
            throw Wrong($"'{next.Effect}' {next.Id} completes here, but this run has not submitted it.", OtherRun);
        }

        completion = new EffectCompletion
        {
            Effect = next.Effect,
            Id = next.Id,
            Time = Position(next).Until,
            Outcome = next.Outcome,
            Elapsed = next.Elapsed,
            Result = next.Result is { } result ? Encoding.UTF8.GetBytes(result.GetRawText()) : default,
            Problem = next.Problem,
        };
        _next = Read(RecordedEffectJson.Default.RecordedEffect);
        return true;
    }

    public Task<bool> WaitAsync(CancellationToken cancellation) => Task.FromResult(false);

    public void EndOfSamples(StreamPosition now)
    {
        if (_next is { } next && Position(next) > now)
        {
            throw Wrong($"'{next.Effect}' {next.Id} completes after the end of the samples.", OtherRun);
        }
    }

    public ValueTask DisposeAsync()
    {
        _lines.Dispose();
        return ValueTask.CompletedTask;
    }

    private static StreamPosition Position(RecordedEffect line) => new(new DateTimeOffset(line.Until.ToUniversalTime()), line.Readings);

    private T? Read<T>(System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        if (_lines.ReadLine() is not { } text)
        {
            return null;
        }

        _line++;
        try
        {
            return JsonSerializer.Deserialize(text, type) ?? throw Wrong("The line is null.", "Record the run again.");
        }
        catch (JsonException error)
        {
            throw new EffectRecordingException(_name, _line, $"The line is not a recorded completion: {error.Message}",
                "Delete it where the program was killed while writing the last line; else record the run again.", error);
        }
    }

    private EffectRecordingException Wrong(string problem, string remedy) => new(_name, _line == 0 ? null : _line, problem, remedy);
}
