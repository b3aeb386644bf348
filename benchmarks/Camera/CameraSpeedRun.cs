using System.Diagnostics;
using System.Text.Json.Nodes;
using Sensing.Events;
using Sensing.Streams;
using Sensing.TrafficCamera;
using Sensing.TrafficCamera.Events;
using Sensing.Vision.Frames;
using Sensing.Vision.Sources;

namespace Sensing.Benchmarks.Camera;

/// <summary>Cameras in a process of their own: the node's source and pipeline, from the encoded recording to events.</summary>
internal static class CameraSpeedRun
{
    /// <summary>Frames before the measurement: programs start, code is compiled, and the empty road is learned.</summary>
    private const int WarmFrames = 100;

    private static readonly StreamAddress Address = new("site", "node", "camera");

    /// <summary>One camera, as fast as it goes.</summary>
    /// <param name="video">The recording.</param>
    /// <param name="setup">What the camera sees.</param>
    /// <param name="loops">How often it is read.</param>
    /// <param name="minutes">…until so much time has passed; 0: as often as <paramref name="loops"/> says.</param>
    /// <param name="cancellation">Ctrl-C.</param>
    /// <returns>The same figures as camera_speed.py prints.</returns>
    public static async Task<JsonObject> OfAsync(string video, TrafficOptions setup, int loops, double minutes, CancellationToken cancellation)
    {
        int counted = 0, states = 0, frames = 0;
        using var pipeline = new TrafficPipeline(setup, Address);
        using var input = new StreamInput<Frame>();
        using IDisposable chain = pipeline.Connect(input).Subscribe(fact =>
        {
            if (fact.Type == TrafficEvents.Approach.Name)
            {
                states++;
                counted += TrafficEvents.Approach.Read(fact).Passed;
            }
        });
        double rssStart = 0, processor = 0;
        long begin = Stopwatch.GetTimestamp(), first = begin;
        DateTimeOffset start = DateTimeOffset.UnixEpoch;
        for (int loop = 0; minutes > 0 ? Stopwatch.GetElapsedTime(begin).TotalMinutes < minutes : loop < loops; loop++)
        {
            DateTimeOffset last = start;
            await foreach (Frame read in ReadAsync(video, start, cancellation))
            {
                using Frame frame = read;
                input.Next(frame);
                last = frame.Time;
                if (++frames == WarmFrames)
                {
                    (rssStart, processor, first) = (ProcessTree.ResidentMb(), ProcessTree.ProcessorSeconds(), Stopwatch.GetTimestamp());
                }
            }

            start = last.AddMilliseconds(40);
        }

        if (frames <= WarmFrames)
        {
            throw new MeasureException($"{video}: {frames} frames are too few, more than {WarmFrames} are needed: raise --loops.");
        }

        return new JsonObject
        {
            ["frames"] = frames - WarmFrames,
            ["seconds"] = Stopwatch.GetElapsedTime(first).TotalSeconds,
            ["processorSeconds"] = ProcessTree.ProcessorSeconds() - processor,
            ["rssStartMb"] = rssStart,
            ["rssEndMb"] = ProcessTree.ResidentMb(),
            ["states"] = states,
            ["counted"] = counted,
        };
    }

    /// <summary>Several cameras in real time, each with its pipeline, as a node runs them.</summary>
    /// <param name="video">The recording of each.</param>
    /// <param name="setup">What each sees.</param>
    /// <param name="cameras">How many.</param>
    /// <param name="rate">Frames a second of each.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="cancellation">Ctrl-C.</param>
    public static async Task<JsonObject> CamerasAsync(
        string video, TrafficOptions setup, int cameras, double rate, double seconds, CancellationToken cancellation)
    {
        long begin = Stopwatch.GetTimestamp();
        double warm = WarmFrames / rate, processor = 0;
        int late = 0, frames = 0;
        async Task CameraAsync()
        {
            using var pipeline = new TrafficPipeline(setup, Address);
            using var input = new StreamInput<Frame>();
            using IDisposable chain = pipeline.Connect(input).Subscribe(_ => { });
            int own = 0;
            DateTimeOffset start = DateTimeOffset.UnixEpoch;
            while (own < (warm + seconds) * rate)
            {
                await foreach (Frame read in ReadAsync(video, start, cancellation))
                {
                    using Frame frame = read;
                    TimeSpan wait = TimeSpan.FromSeconds(own / rate) - Stopwatch.GetElapsedTime(begin);
                    if (wait > TimeSpan.Zero)
                    {
                        await Task.Delay(wait, TimeProvider.System, cancellation);
                    }

                    input.Next(frame);
                    start = frame.Time.AddMilliseconds(40);
                    if (++own > warm * rate)
                    {
                        Interlocked.Increment(ref frames);
                        Interlocked.Add(ref late, wait < TimeSpan.FromSeconds(-1) ? 1 : 0);
                    }

                    if (own >= (warm + seconds) * rate)
                    {
                        break;
                    }
                }
            }
        }

        Task all = Task.WhenAll(Enumerable.Range(0, cameras).Select(_ => Task.Run(CameraAsync, cancellation)));
        await Task.WhenAny(all, Task.Delay(TimeSpan.FromSeconds(warm), TimeProvider.System, cancellation));
        processor = ProcessTree.ProcessorSeconds();
        int before = Volatile.Read(ref frames);
        await all;
        return new JsonObject
        {
            ["frames"] = frames - before,
            ["late"] = late,
            ["seconds"] = (frames - before) / rate / cameras,
            ["processorSeconds"] = ProcessTree.ProcessorSeconds() - processor,
        };
    }

    private static async IAsyncEnumerable<Frame> ReadAsync(
        string video, DateTimeOffset start, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var options = new VideoSourceOptions { Files = [video], StartTime = EventTime.Format(start), Audio = false };
        await using var source = new VideoSource(options, new StreamContext(Address, TimeProvider.System, "/"));
        await foreach (SourceItem<Frame> item in source.ReadAsync(null, cancellation))
        {
            if (item.Notice is { } notice)
            {
                throw new MeasureException($"{video}: {notice.Message}");
            }

            yield return item.Sample!;
        }
    }
}
