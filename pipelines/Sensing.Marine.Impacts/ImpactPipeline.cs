using System.Reactive.Linq;
using Sensing.Events;
using Sensing.Marine.Impacts.Detection;
using Sensing.Marine.Impacts.Inertial;
using Sensing.Marine.Impacts.Report;
using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.Marine.Impacts;

/// <summary>Impacts: samples of an inertial sensor in; alarms, records and changes of the classifier out.</summary>
/// <remarks>The edge layer of arXiv 2506.18024 for collisions that have happened. <see cref="Connect"/> reads top to bottom.</remarks>
public sealed class ImpactPipeline : IPipeline<InertialSample>
{
    private readonly Resampling _resampling = new();
    private readonly Watching _watching;
    private readonly Decisions _decisions;

    /// <param name="options">What counts as an impact.</param>
    /// <param name="context">The stream, and the executor of its commands.</param>
    public ImpactPipeline(ImpactOptions options, StreamContext context)
    {
        _watching = new Watching(options);
        _decisions = new Decisions(options, context.Address, context.Effects);
    }

    public IObservable<SensorEvent> Connect(IStreamInput<InertialSample> input) => Observable.Merge(
        Readings(input.Samples)
            .Through(_resampling)
            .Through(_watching).Items()
            .SelectMany(_decisions.Take),
        input.Completions
            .SelectMany(_decisions.Answer));

    public void Save(BinaryWriter state)
    {
        state.Mark("impact-1");
        foreach (IResumable part in Parts())
        {
            part.Save(state);
        }
    }

    public void Load(BinaryReader state)
    {
        state.Expect("impact-1");
        foreach (IResumable part in Parts())
        {
            part.Load(state);
        }
    }

    /// <summary>The end of a recording is a break: what follows would not join it.</summary>
    private static IObservable<Signal<InertialSample>> Readings(IObservable<InertialSample> samples) =>
        samples.Select(Signal<InertialSample>.Of).Concat(Observable.Return(Signal<InertialSample>.Break));

    private IResumable[] Parts() => [_resampling, _watching, _decisions];
}
