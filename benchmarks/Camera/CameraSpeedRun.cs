using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Sensing.Events;
using Sensing.Streams;
using Sensing.Vision.Frames;
using Sensing.Vision.Sources;

namespace Sensing.Benchmarks.Camera;

/// <summary>One run over a recording in a process of its own: decode, scale, all steps.</summary>
internal static class CameraSpeedRun
{
    private const int WarmFrames = 100;

    /// <returns>The same figures as camera_speed.py prints.</returns>
    public static async Task<JsonObject> OfAsync(string video, int loops, CancellationToken cancellation)
    {
        var options = new VideoSourceOptions { Files = [.. Enumerable.Repeat(video, loops)], StartTime = "2026-01-01T00:00:00Z", Audio = false };
        await using var source = new VideoSource(options, new StreamContext(new StreamAddress("site", "node", "camera"), TimeProvider.System, "/"));
        using var steps = new CameraSteps();
        int frames = 0;
        double rssStart = 0, rssEnd = 0;
        long begin = Stopwatch.GetTimestamp();
        await foreach (SourceItem<Frame> item in source.ReadAsync(null, cancellation))
        {
            if (item.Notice is { } notice)
            {
                throw new MeasureException($"{video}: {notice.Message}");
            }

            using Frame frame = item.Sample!;
            steps.Apply(frame);
            frames++;
            if (frames == WarmFrames || frames % 50 == 0)
            {
                rssEnd = ResidentMb();
                rssStart = frames <= WarmFrames ? rssEnd : rssStart;
            }
        }

        return new JsonObject
        {
            ["frames"] = frames,
            ["seconds"] = Stopwatch.GetElapsedTime(begin).TotalSeconds,
            ["processorSeconds"] = ProcessorSeconds(),
            ["rssStartMb"] = rssStart,
            ["rssEndMb"] = rssEnd,
        };
    }

    /// <summary>Resident memory of this process and of its ffmpeg.</summary>
    private static double ResidentMb()
    {
        string self = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        double kilobytes = Kilobytes(self);
        foreach (string folder in Directory.GetDirectories("/proc"))
        {
            string id = Path.GetFileName(folder);
            kilobytes += char.IsAsciiDigit(id[0]) && Stat(id) is { } stat && stat[1] == self ? Kilobytes(id) : 0;
        }

        return kilobytes / 1024;
    }

    /// <summary>Processor time of this process and of the children that have ended, s.</summary>
    private static double ProcessorSeconds()
    {
        // utime, stime, cutime and cstime: words 14 to 17 of proc_pid_stat(5), in ticks of 10 ms.
        string[] stat = Stat("self")!;
        return stat[11..15].Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture)) / 100;
    }

    /// <summary>The words behind the name; null where the process has ended.</summary>
    private static string[]? Stat(string id)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static double Kilobytes(string id)
    {
        try
        {
            string line = File.ReadLines($"/proc/{id}/status").First(text => text.StartsWith("VmRSS", StringComparison.Ordinal));
            return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is IOException or InvalidOperationException)
        {
            return 0;
        }
    }
}
