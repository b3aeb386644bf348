using System.Reactive.Subjects;
using Sensing.Das.Classify;
using Sensing.Das.Condition;
using Sensing.Events;
using Sensing.Events.Das;

namespace Sensing.Das;

/// <summary>Makes a site's calibration from a recording: position delays and the classes' thresholds.</summary>
public static class SiteCalibrator
{
    /// <summary>Fewer vehicles than this tell nothing about classes.</summary>
    private const int FewestVehicles = 20;

    /// <summary>How far a label may lie from the passage that it names, s.</summary>
    private const double LabelSeconds = 1;

    private static readonly StreamAddress Address = new("site", "calibration", "fibre");

    /// <summary>Runs the chain over samples and keeps what it has learnt.</summary>
    /// <param name="options">The chain's options; a calibration that they name is not used.</param>
    /// <param name="blocks">Samples; disposed here.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="labels">Vehicles of known class, by their time at the reference; null or empty: the site's own mixture.</param>
    /// <exception cref="InvalidOperationException">The samples hold no row.</exception>
    public static async Task<SiteCalibration> RunAsync(
        DasOptions options, IAsyncEnumerable<DasBlock> blocks, CancellationToken cancellation,
        IReadOnlyList<(DateTimeOffset Time, VehicleClass Class)>? labels = null)
    {
        var pipeline = new DasPipeline(options with { Detect = options.Detect with { LearnDelays = true } }, Address);
        var passages = new List<ClassifiedPassage>();
        pipeline.Passed += passages.Add;
        using var samples = new Subject<DasBlock>();
        using IDisposable run = pipeline.Connect(samples).Subscribe(_ => { });
        await foreach (DasBlock block in blocks.WithCancellation(cancellation))
        {
            using (block)
            {
                samples.OnNext(block);
            }
        }

        samples.OnCompleted();
        FibreLayout layout = pipeline.Site.Layout
            ?? throw new InvalidOperationException("The recording holds too few samples to calibrate with.");
        return new SiteCalibration
        {
            FirstM = layout.FirstM,
            StepM = layout.StepM,
            DelaysIncreasingSeconds = [.. pipeline.Site.Delays.Of((int)TravelDirection.Increasing).Select(Rounded)],
            DelaysDecreasingSeconds = [.. pipeline.Site.Delays.Of((int)TravelDirection.Decreasing).Select(Rounded)],
            Classes = ClassesOf(passages, labels ?? []),
            Vehicles = passages.Count,
        };
    }

    /// <summary>A calibration of known classes alone, without delays.</summary>
    public static SiteCalibration Of(DasOptions options, DasGeometry geometry, ClassModel classes)
    {
        var layout = new FibreLayout(geometry, options);
        return new SiteCalibration
        {
            FirstM = layout.FirstM,
            StepM = layout.StepM,
            DelaysIncreasingSeconds = new double[layout.Positions],
            DelaysDecreasingSeconds = new double[layout.Positions],
            Classes = classes,
        };
    }

    private static ClassModel? ClassesOf(List<ClassifiedPassage> passages, IReadOnlyList<(DateTimeOffset Time, VehicleClass Class)> labels)
    {
        if (passages.Count < FewestVehicles)
        {
            return null;
        }

        if (labels.Count == 0)
        {
            return ClassModel.FromMixture([.. passages.Select(p => ClassModel.Features(p.Passage))]);
        }

        (double[] Features, VehicleClass Class)[] known = [.. labels
            .Select(l => (Nearest: passages.MinBy(p => Math.Abs((TimeOf(p) - l.Time).TotalSeconds))!, Label: l))
            .Where(k => Math.Abs((TimeOf(k.Nearest) - k.Label.Time).TotalSeconds) <= LabelSeconds)
            .Select(k => (ClassModel.Features(k.Nearest.Passage), k.Label.Class))];
        return known.Any(k => k.Class == VehicleClass.Small) && known.Any(k => k.Class != VehicleClass.Small)
            ? ClassModel.FromLabels([.. known.Select(k => k.Features)], [.. known.Select(k => k.Class)])
            : null;
    }

    private static DateTimeOffset TimeOf(ClassifiedPassage vehicle) => vehicle.Passage.TimeOf(vehicle.Passage.ReferenceSeconds);

    private static double Rounded(double seconds) => Math.Round(seconds, 4);
}
