using System.Reactive.Linq;
using Sensing.Events;
using Sensing.Modules.SiteEvents;
using Sensing.Steps;
using Sensing.Streams;
using Sensing.TrafficCamera.Signals;

namespace Sensing.TrafficCamera;

/// <summary>A junction: the events of its approaches in, its signal plan out.</summary>
/// <remarks>Phase 3 of arXiv 2304.14924: the edge server decides. The plan is advice to whoever drives the lamps.</remarks>
public sealed class JunctionPipeline(JunctionOptions options, StreamAddress address) : IPipeline<SiteEvent>
{
    private readonly SiteReadings _readings = new();
    private readonly SignalControl _control = new(options, address);

    public IObservable<SensorEvent> Connect(IStreamInput<SiteEvent> input) => input.Samples
        .Select(Signal<SiteEvent>.Of)
        .Through(_readings)
        .Through(_control)
        .Items();

    public void Save(BinaryWriter state)
    {
        state.Mark("junction-1");
        _readings.Save(state);
        _control.Save(state);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("junction-1");
        _readings.Load(state);
        _control.Load(state);
    }
}
