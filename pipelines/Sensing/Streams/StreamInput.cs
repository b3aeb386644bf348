using System.Reactive.Linq;
using System.Reactive.Subjects;
using Sensing.Effects;

namespace Sensing.Streams;

/// <summary>A pipeline's input, driven by hand.</summary>
public sealed class StreamInput<TSample> : IStreamInput<TSample>, IDisposable
    where TSample : class, ITimed
{
    private readonly Subject<TSample> _samples = new();
    private readonly Subject<EffectCompletion> _completions = new();
    private readonly Subject<TimeSpan> _silences = new();

    public IObservable<TSample> Samples => _samples.AsObservable();

    public IObservable<EffectCompletion> Completions => _completions.AsObservable();

    public IObservable<TimeSpan> Silences => _silences.AsObservable();

    public void Next(TSample sample) => _samples.OnNext(sample);

    public void Next(EffectCompletion completion) => _completions.OnNext(completion);

    /// <summary>Nothing has come for so long.</summary>
    public void Silent(TimeSpan silence) => _silences.OnNext(silence);

    /// <summary>Ends silences and completions, then samples.</summary>
    public void Complete()
    {
        _silences.OnCompleted();
        _completions.OnCompleted();
        _samples.OnCompleted();
    }

    public void Dispose()
    {
        _samples.Dispose();
        _completions.Dispose();
        _silences.Dispose();
    }
}
