using System.Reactive.Subjects;
using Sensing.Das.Classify;
using Sensing.Das.Condition;
using Sensing.Das.Events;
using Sensing.Events;
using Sensing.Streams;

namespace Sensing.Das;

/// <summary>Runs the chain over a site's samples and keeps its vehicles and what it has learnt of the fibre.</summary>
public sealed class SiteSurvey : IDisposable
{
    private static readonly StreamAddress Address = new("site", "calibration", "fibre");

    private readonly DasPipeline _pipeline;
    private readonly Subject<DasBlock> _samples = new();
    private readonly List<ClassifiedPassage> _vehicles = [];
    private readonly IDisposable _run;
    private Exception? _failure;

    /// <param name="options">The chain's options; a calibration that they name is not used.</param>
    public SiteSurvey(DasOptions options)
    {
        _pipeline = new DasPipeline(options with { Detect = options.Detect with { LearnDelays = true } }, Address);
        _pipeline.Passed += _vehicles.Add;
        _run = _pipeline.Connect(_samples).Subscribe(_ => { }, error => _failure = error);
    }

    /// <summary>The vehicles so far, in the order in which they were certain.</summary>
    public IReadOnlyList<ClassifiedPassage> Vehicles => _vehicles;

    /// <summary>Takes samples; the block stays the caller's.</summary>
    public void Add(DasBlock block)
    {
        _samples.OnNext(block);
        ThrowFailure();
    }

    /// <summary>Ends the recording: what was undecided is decided.</summary>
    public void Complete()
    {
        _samples.OnCompleted();
        ThrowFailure();
    }

    /// <summary>The calibration that the samples and <paramref name="classes"/> make.</summary>
    /// <exception cref="CalibrationException">The samples hold no row.</exception>
    public SiteCalibration Calibrate(ClassModel? classes)
    {
        FibreLayout layout = _pipeline.Site.Layout
            ?? throw new CalibrationException("The recording holds too few samples to calibrate with.", "Give a longer one.");
        return new SiteCalibration
        {
            FirstM = layout.FirstM,
            StepM = layout.StepM,
            DelaysIncreasingSeconds = [.. _pipeline.Site.Delays.Of((int)TravelDirection.Increasing).Select(Rounded)],
            DelaysDecreasingSeconds = [.. _pipeline.Site.Delays.Of((int)TravelDirection.Decreasing).Select(Rounded)],
            Classes = classes,
            Vehicles = _vehicles.Count,
        };
    }

    public void Dispose()
    {
        _run.Dispose();
        _samples.Dispose();
    }

    private void ThrowFailure()
    {
        if (_failure is { } failure)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }
    }

    private static double Rounded(double seconds) => Math.Round(seconds, 4);
}
