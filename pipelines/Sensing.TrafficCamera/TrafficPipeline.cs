using System.Reactive.Linq;
using Sensing.Effects;
using Sensing.Events;
using Sensing.Steps;
using Sensing.Streams;
using Sensing.TrafficCamera.Background;
using Sensing.TrafficCamera.Detector;
using Sensing.TrafficCamera.Sight;
using Sensing.TrafficCamera.Sirens;
using Sensing.TrafficCamera.Snapshots;
using Sensing.TrafficCamera.Tracks;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera;

/// <summary>The traffic camera: frames in; congestion index, vehicles, queues, emergency vehicles and alarms of its approaches out.</summary>
/// <remarks>After arXiv 2304.14924, phases 1 and 2: the index relates what is occupied to the road's width and its
/// visible length; light bars and sirens tell emergency vehicles.
/// <see cref="Connect"/> reads like the method.</remarks>
public sealed class TrafficPipeline : IPipeline<Frame>, IDisposable
{
    private readonly FrameJoin _join = new();
    private readonly FaultReport _faults;
    private readonly Sighting _sight;
    private readonly Listening _sound;
    private readonly Foreground _foreground;
    private readonly DetectorFrames _detector;
    private readonly DetectorReport _detectorReport;
    private readonly ApproachChain[] _approaches;
    private readonly SnapshotReport _snapshots;

    /// <param name="options">What the camera sees.</param>
    /// <param name="address">The stream, for the events.</param>
    /// <param name="effects">Runs the detection model; null: there is none.</param>
    public TrafficPipeline(TrafficOptions options, StreamAddress address, IEffectExecutor? effects = null)
    {
        Options = options;
        _faults = new FaultReport(options.Sight.Faults, address);
        _sight = new Sighting(options.Sight);
        _sound = new Listening(options.Sirens);
        _foreground = new Foreground(() => new RoadBackground(options.Background));
        _detector = new DetectorFrames(options, effects ?? NoEffects.Instance);
        _detectorReport = new DetectorReport(options.Detector, _detector, address);
        _approaches = [.. options.Approaches.Select((_, index) => new ApproachChain(index, options, address))];
        _snapshots = new SnapshotReport(options, address, Found);
    }

    /// <summary>Each frame with the vehicles of its approaches, in their order, beside the events that report them; valid during the call.</summary>
    internal event Action<IReadOnlyList<TrackedFrame>>? Tracked;

    internal TrafficOptions Options { get; }

    public IObservable<SensorEvent> Connect(IStreamInput<Frame> input) => Observable.Merge(
        input.Completions.Do(_detector.Complete).IgnoreElements().Select(_ => default(SensorEvent)!),
        OfFrames(input.Samples),
        input.Silences.SelectMany(_faults.Silent));

    private IObservable<SensorEvent> OfFrames(IObservable<Frame> samples) => _join.Join(samples)
        .Publish(frames => Observable.Merge(
            frames.Through(_faults).Items(),
            frames.Through(_sight)
                .Through(_sound)
                .Through(_foreground)
                .Through(_detector)
                .Publish(seen => Observable.Merge(
                    seen.Through(_detectorReport).Items(),
                    Observable.Merge(_approaches.Select(approach => seen.Through(approach).Items().Concat(Last(approach)))),

                    // After the approaches: with what they have found in the frame.
                    seen.Do(Show).Through(_snapshots).Items()))));

    public void Save(BinaryWriter state)
    {
        state.Mark("traffic-2");
        foreach (IResumable part in Parts())
        {
            part.Save(state);
        }
    }

    public void Load(BinaryReader state)
    {
        state.Expect("traffic-2");
        foreach (IResumable part in Parts())
        {
            part.Load(state);
        }
    }

    public void Dispose() => _foreground.Dispose();

    private static IObservable<SensorEvent> Last(ApproachChain approach) => Observable.Defer(() => approach.Finish().ToObservable());

    private TrackedFrame[] Found() => [.. _approaches.Select(approach => approach.Last)];

    private void Show(Signal<SeenFrame> seen)
    {
        if (!seen.IsBreak)
        {
            Tracked?.Invoke(Found());
        }
    }

    private IResumable[] Parts() => [_join, _faults, _sight, _sound, _foreground, _detector, _detectorReport, .. _approaches, _snapshots];
}
