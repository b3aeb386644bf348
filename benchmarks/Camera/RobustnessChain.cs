using Sensing.TrafficCamera.Background;
using Sensing.TrafficCamera.Counts;
using Sensing.TrafficCamera.Events;
using Sensing.TrafficCamera.Report;
using Sensing.TrafficCamera.Setup;
using Sensing.TrafficCamera.Sight;
using Sensing.TrafficCamera.Sight.Degradations;
using Sensing.Vision.Frames;

namespace Sensing.Benchmarks.Camera;

/// <summary>A clip under one condition, frame by frame through the camera's steps: sight, restoration, background, approaches.</summary>
internal sealed class RobustnessChain : IDisposable
{
    private readonly CameraTruth _truth;
    private readonly IFrameDegradation? _degradation;
    private readonly SightMeter _meter;
    private readonly SightRestoration? _restoration;
    private readonly RoadBackground _background = new(new BackgroundOptions());
    private readonly ApproachMonitor[] _monitors;
    private readonly double _rate;
    private readonly List<CountedCrossing> _counted = [];
    private readonly List<ApproachState> _states = [];
    private double _quality;
    private int _scored;
    private int _frames;

    /// <param name="truth">Set-up and the frames that count.</param>
    /// <param name="rate">Frames a second.</param>
    /// <param name="size">A frame of the clip: its sizes are used.</param>
    /// <param name="degradation">What is laid over each frame; null: nothing.</param>
    /// <param name="restore">Whether bad sight is met, as the camera's option <c>restore</c> says.</param>
    public RobustnessChain(CameraTruth truth, double rate, Frame size, IFrameDegradation? degradation, bool restore)
    {
        _truth = truth;
        _rate = rate;
        _degradation = degradation;
        _meter = new SightMeter(size.Width, size.Height);
        _restoration = restore ? new SightRestoration(size.Width, size.Height) : null;
        _monitors = [.. Carriageway.All(truth.Approaches, truth.CameraWidth, truth.CameraHeight, size.Width, size.Height)
            .Select(road => new ApproachMonitor(road, new ReportOptions()))];
    }

    /// <summary>What was counted within the person's frames.</summary>
    public IReadOnlyList<CountedCrossing> Counted => _counted;

    /// <summary>The states of all approaches, in order.</summary>
    public IReadOnlyList<ApproachState> States => _states;

    /// <summary>Mean quality over the person's frames.</summary>
    public double Quality => _quality / Math.Max(1, _scored);

    /// <summary>What spoiled the sight most at the end.</summary>
    public SightReason Reason { get; private set; }

    /// <summary>Takes the next frame of the clip, which is left as it is.</summary>
    public void Next(Frame clear)
    {
        // Frames are numbered: their times in some files jump, and truth is in frames.
        using var frame = Frame.Rent(
            clear.Width, clear.Height, DateTimeOffset.UnixEpoch.AddSeconds(_frames / _rate), null, clear.CameraWidth, clear.CameraHeight);
        clear.Raw.CopyTo(frame.Raw);
        _degradation?.Apply(frame, _frames);
        SightReport sight = _meter.Next(frame);
        if (_restoration?.Calls(sight) == true)
        {
            _restoration.Apply(frame, sight);
        }
        else
        {
            _restoration?.Rest();
        }

        ForegroundMask mask = _background.Apply(frame);
        bool scored = _frames >= _truth.First;
        foreach (ApproachMonitor monitor in _monitors)
        {
            ApproachReading reading = monitor.Next(frame.Time, mask, [], sight.Quality);
            foreach (LineCrossing crossing in reading.Crossings)
            {
                double at = (crossing.Time - DateTimeOffset.UnixEpoch).TotalSeconds * _rate;
                if (at >= _truth.First)
                {
                    _counted.Add(new CountedCrossing(
                        _truth.Lines.GetValueOrDefault((monitor.Road.Options.Name, crossing.Away), "wrong way"),
                        at, crossing.Lane, ClipRun.Name(crossing.Class), Math.Round(crossing.SpeedMs * 3.6, 1)));
                }
            }

            if (reading.State is { } state && scored)
            {
                _states.Add(state);
            }
        }

        if (scored)
        {
            _quality += sight.Quality;
            _scored++;
            Reason = sight.Reason;
        }

        _frames++;
    }

    public void Dispose() => _background.Dispose();
}
