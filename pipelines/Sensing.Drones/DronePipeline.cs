using System.Reactive.Linq;
using Sensing.Drones.Report;
using Sensing.Events;
using Sensing.Streams;

namespace Sensing.Drones;

/// <summary>Segments of drones in; what their tasks found, and how the edge served them, out.</summary>
/// <remarks>After Raj et al. (arXiv 2412.20860). When and where a task runs is decided by the scheduler behind the
/// effect; the pipeline sees how each task ended, so that a recording of these ends repeats the run.</remarks>
public sealed class DronePipeline(DroneOptions options, StreamContext context) : IPipeline<DroneSegment>
{
    private readonly SegmentBook _book = new(options, context.Address, context.Effects);

    public IObservable<SensorEvent> Connect(IStreamInput<DroneSegment> input) => Observable.Merge(
        input.Samples.SelectMany(_book.Take).Concat(Observable.Defer(() => _book.Finish().ToObservable())),
        input.Completions.SelectMany(_book.Answer));

    public void Save(BinaryWriter state) => _book.Save(state);

    public void Load(BinaryReader state) => _book.Load(state);
}
