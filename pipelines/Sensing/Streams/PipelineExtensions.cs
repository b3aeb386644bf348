using System.Reactive.Linq;
using Sensing.Effects;
using Sensing.Events;

namespace Sensing.Streams;

/// <summary>Shorter ways to a pipeline.</summary>
public static class PipelineExtensions
{
    /// <summary>Connects a pipeline that has no effects.</summary>
    public static IObservable<SensorEvent> Connect<TSample>(this IPipeline<TSample> pipeline, IObservable<TSample> samples)
        where TSample : class, ITimed => pipeline.Connect(new SamplesOnly<TSample>(samples));

    private sealed record SamplesOnly<TSample>(IObservable<TSample> Samples) : IStreamInput<TSample>
        where TSample : class, ITimed
    {
        public IObservable<EffectCompletion> Completions => Observable.Empty<EffectCompletion>();

        public IObservable<TimeSpan> Silences => Observable.Empty<TimeSpan>();
    }
}
