using System.Reactive.Linq;
using Sensing.Das.Classify;
using Sensing.Das.Condition;
using Sensing.Das.Dbscan;
using Sensing.Das.Hough;
using Sensing.Das.Inspect;
using Sensing.Das.Report;
using Sensing.Das.Tracks;
using Sensing.Events;
using Sensing.Events.Node;
using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.Das;

/// <summary>The fibre traffic chain: strain rate in; vehicles, flow, day profile and a waterfall out.</summary>
/// <remarks>After Truong, Eidsvik and Rørstadbotnen, "Edge computing in distributed acoustic sensing" (arXiv 2410.16278),
/// streaming instead of in windows: <see cref="Connect"/> reads like the paper's figure.</remarks>
public sealed class DasPipeline : IPipeline<DasBlock>
{
    /// <summary>Positions that make a line.</summary>
    private const int LeastPositions = 4;

    private readonly DasOptions _options;
    private readonly StreamAddress _address;
    private readonly SiteState _site;
    private readonly Inspection _inspection = new();
    private readonly Conditioning _conditioning;
    private readonly HoughDetection _hough;
    private readonly SegmentClustering _dbscan;
    private readonly Tracking _tracking;
    private readonly Classification _classification;
    private readonly FlowReport _flow;
    private readonly WaterfallReport _waterfall;

    /// <param name="options">What the road, the fibre and the vehicles are like.</param>
    /// <param name="address">The stream, for the events.</param>
    /// <param name="calibration">What a calibration has found out about the site; null: it is learnt on the way.</param>
    public DasPipeline(DasOptions options, StreamAddress address, SiteCalibration? calibration = null)
    {
        _options = options;
        _address = address;
        _site = new SiteState(options, calibration);
        _conditioning = new Conditioning(options);
        _hough = new HoughDetection(options, _site);
        _dbscan = new SegmentClustering(options, _site);
        _tracking = new Tracking(options, _site);
        _classification = new Classification(options, calibration?.Classes);
        _flow = new FlowReport(options, address);
        _waterfall = new WaterfallReport(options, address);
    }

    /// <summary>Classified passages, beside the events that report them.</summary>
    internal event Action<ClassifiedPassage>? Passed;

    internal SiteState Site => _site;

    public IObservable<SensorEvent> Connect(IStreamInput<DasBlock> input) =>
        _inspection.Inspect(input.Samples).Publish(inspected => Observable.Merge(
            Notices(inspected),
            Samples(inspected)
                .Through(_conditioning)
                .Publish(rows => Observable.Merge(
                    rows.Through(_waterfall).Items(),
                    rows.Through(_hough)
                        .Through(_dbscan)
                        .Through(_tracking)
                        .Through(_classification)
                        .Publish(vehicles => Observable.Merge(
                            Vehicles(vehicles),
                            vehicles.Through(_flow).Items().Concat(Observable.Create<SensorEvent>(observer =>
                            {
                                _flow.End(observer.OnNext);
                                observer.OnCompleted();
                                return () => { };
                            }))))))));

    public void Save(BinaryWriter state)
    {
        state.Mark("das-1");
        foreach (IResumable part in Parts())
        {
            part.Save(state);
        }
    }

    public void Load(BinaryReader state)
    {
        state.Expect("das-1");
        foreach (IResumable part in Parts())
        {
            part.Load(state);
        }
    }

    private IResumable[] Parts() =>
        [_inspection, _site, _conditioning, _hough, _dbscan, _tracking, _classification, _flow, _waterfall];

    private IObservable<SensorEvent> Notices(IObservable<Inspected> input) => input
        .Where(one => one.Notice is not null)
        .Merge(Sections(input))
        .Select(one => NodeEvents.Notice.Create(_address, one.Time, one.Notice!.Code, one.Notice));

    /// <summary>Says where the section that the options name holds too little of the fibre for any line: nothing would ever be reported.</summary>
    private IObservable<Inspected> Sections(IObservable<Inspected> input) => input
        .Where(one => one.Block is not null)
        .DistinctUntilChanged(one => one.Block!.Geometry)
        .Where(one => new FibreLayout(one.Block!.Geometry, _options).Positions < LeastPositions)
        .Select(one => Inspected.Of(
            new StreamNotice
            {
                Code = "empty-section",
                Severity = NoticeSeverity.Error,
                Message = FormattableString.Invariant(
                    $"Fewer than {LeastPositions} positions lie between fromM and toM: the fibre covers {one.Block!.Geometry.FirstChannelM:0.#} m to {one.Block.Geometry.DistanceOf(one.Block.Geometry.Channels - 1):0.#} m."),
                Remedy = "Correct the options fromM and toM of the pipeline.",
            },
            one.Time));

    private static IObservable<Signal<DasBlock>> Samples(IObservable<Inspected> input) => input
        .Where(one => one.Notice is null)
        .Select(one => one.IsBreak ? Signal<DasBlock>.Break : Signal<DasBlock>.Of(one.Block!));

    private IObservable<SensorEvent> Vehicles(IObservable<Signal<Batch<ClassifiedPassage>>> vehicles) => vehicles.Items()
        .SelectMany(batch => batch.Items)
        .Do(vehicle => Passed?.Invoke(vehicle))
        .Select(vehicle => VehicleReport.Of(vehicle, _address, _options));
}
