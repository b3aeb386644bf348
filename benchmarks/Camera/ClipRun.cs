using System.Runtime.CompilerServices;
using Sensing.Events;
using Sensing.Streams;
using Sensing.TrafficCamera.Background;
using Sensing.TrafficCamera.Counts;
using Sensing.TrafficCamera.Events;
using Sensing.TrafficCamera.Report;
using Sensing.TrafficCamera.Setup;
using Sensing.TrafficCamera.Tracks;
using Sensing.Vision.Frames;
using Sensing.Vision.Sources;

namespace Sensing.Benchmarks.Camera;

/// <summary>A clip through background model and approaches: what was counted, and the states.</summary>
internal sealed record ClipRun(IReadOnlyList<CountedCrossing> Counted, IReadOnlyList<ApproachState> States)
{
    internal const double AssumedFramesPerSecond = 25;

    /// <summary>The level that the busiest approach had most of the time.</summary>
    public string Level
    {
        get
        {
            CongestionLevel[] perApproach = [.. States.GroupBy(s => s.Approach).Select(g =>
                g.GroupBy(s => s.Level).OrderByDescending(l => l.Count()).ThenBy(l => l.Key).First().Key)];
            return (perApproach.Length == 0 ? CongestionLevel.Free : perApproach.Max()).ToString().ToLowerInvariant();
        }
    }

    /// <summary>Runs it.</summary>
    /// <param name="video">A video, or a folder of pictures.</param>
    /// <param name="truth">Set-up and the frames that count; those before them are seen, too.</param>
    /// <param name="change">Changes each frame before it is used; null: none.</param>
    /// <param name="cancellation">Ctrl-C.</param>
    public static async Task<ClipRun> OfAsync(
        string video, CameraTruth truth, Func<Frame, Frame>? change, CancellationToken cancellation)
    {
        double rate = truth.FramesPerSecond ?? AssumedFramesPerSecond;
        ISource<Frame> source = Open(video, rate);
        await using ConfiguredAsyncDisposable closing = source.ConfigureAwait(false);
        var counted = new List<CountedCrossing>();
        var states = new List<ApproachState>();
        using var background = new RoadBackground(new BackgroundOptions());
        ApproachMonitor[]? monitors = null;
        DateTimeOffset start = default;
        int k = 0;
        await foreach (SourceItem<Frame> item in source.ReadAsync(null, cancellation).ConfigureAwait(false))
        {
            if (item.Sample is not { } read)
            {
                continue;
            }

            if (k > truth.Last)
            {
                read.Dispose();
                break;
            }

            using Frame frame = change is null ? read : change(read);
            if (monitors is null)
            {
                start = frame.Time;
                monitors = [.. Carriageway.All(truth.Approaches, truth.CameraWidth, truth.CameraHeight, frame.Width, frame.Height)
                    .Select(road => new ApproachMonitor(road, new ReportOptions()))];
            }

            // Frames are numbered: their times in some files jump, and truth is in frames.
            DateTimeOffset time = start.AddSeconds(k / rate);
            ForegroundMask mask = background.Apply(frame);
            foreach (ApproachMonitor monitor in monitors)
            {
                ApproachReading reading = monitor.Next(time, mask, [], 1);
                counted.AddRange(reading.Crossings.Select(c => Named(c, monitor.Road.Options.Name, truth, (c.Time - start).TotalSeconds * rate)));
                if (reading.State is { } state && k >= truth.First)
                {
                    // Speeds of a clip without a frame rate mean nothing: the occupied area alone decides.
                    states.Add(truth.FramesPerSecond is null
                        ? state with { Level = LevelOfService.Congestion(state.Index, null) } : state);
                }
            }

            k++;
        }

        return k > truth.First
            ? new ClipRun([.. counted.Where(c => c.Frame >= truth.First)], states)
            : throw new MeasureException($"{video} has {k} frames; the truth begins at frame {truth.First}.");
    }

    /// <summary>Class as truth files name it.</summary>
    public static string Name(VehicleClass kind) => kind == VehicleClass.TwoWheeler ? "two-wheeler" : kind.ToString().ToLowerInvariant();

    private static CountedCrossing Named(LineCrossing c, string approach, CameraTruth truth, double frame) => new(
        truth.Lines.GetValueOrDefault((approach, c.Away), "wrong way"), frame, c.Lane, Name(c.Class), Math.Round(c.SpeedMs * 3.6, 1));

    /// <summary>A video or a folder of pictures, read once.</summary>
    internal static ISource<Frame> Open(string video, double rate)
    {
        const string start = "2026-01-01T00:00:00Z";
        var context = new StreamContext(new StreamAddress("benchmark", "benchmark", "camera"), TimeProvider.System, Directory.GetCurrentDirectory());
        return Directory.Exists(video)
            ? new ImagesSource(new ImagesSourceOptions { Files = [Path.Combine(video, "*")], FramesPerSecond = rate, StartTime = start }, context)
            : new VideoSource(new VideoSourceOptions { Files = [video], StartTime = start, Audio = false }, context);
    }
}
