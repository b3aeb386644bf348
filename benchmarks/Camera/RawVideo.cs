using System.Diagnostics;
using Sensing.Vision.Frames;

namespace Sensing.Benchmarks.Camera;

/// <summary>Whole videos in memory through ffmpeg: decoded, and encoded and decoded again.</summary>
internal static class RawVideo
{
    public const int Width = 640;
    public const int Height = 360;

    /// <summary>Frames of a video or of a pattern of pictures, 640 × 360 unless the video is smaller.</summary>
    /// <param name="input">A video file, or a folder of pictures.</param>
    /// <param name="framesPerSecond">Frames a second to take; 0: all of the video.</param>
    /// <exception cref="MeasureException">It cannot be decoded.</exception>
    public static List<Frame> Read(string input, double framesPerSecond = 0)
    {
        double rate = framesPerSecond > 0 ? framesPerSecond : RateOf(input);
        string[] source = Directory.Exists(input)
            ? ["-framerate", Text(rate), "-pattern_type", "glob", "-i", Path.Combine(input, "*.jpg")] : ["-i", input];
        return Decode([.. source, "-vf", FormattableString.Invariant($"fps={rate:0.###},scale={Width}:{Height}:out_range=full"),
            "-pix_fmt", "yuv420p", "-f", "rawvideo", "-"], null, rate);
    }

    /// <summary>The frames as a camera's encoder would leave them (H.264).</summary>
    public static List<Frame> Compress(List<Frame> frames, double rate, int quality)
    {
        string file = Path.Combine(Path.GetTempPath(), $"sensing-{Environment.ProcessId}.mp4");
        try
        {
            Decode(["-f", "rawvideo", "-pix_fmt", "yuvj420p", "-s", $"{Width}x{Height}", "-r", Text(rate), "-i", "-", "-c:v", "libx264",
                "-preset", "veryfast", "-threads", "1", "-crf", Text(quality), "-g", "50", "-y", file], frames, rate);
            return Decode(["-i", file, "-pix_fmt", "yuvj420p", "-f", "rawvideo", "-"], null, rate);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Frames a second of a video; of pictures 25.</summary>
    public static double RateOf(string input)
    {
        if (Directory.Exists(input))
        {
            return 25;
        }

        using Process process = Start("ffprobe", ["-v", "error", "-select_streams", "v:0", "-show_entries", "stream=avg_frame_rate", "-of", "csv=p=0", input], false);
        string[] parts = process.StandardOutput.ReadToEnd().Trim().Trim(',').Split('/');
        process.WaitForExit();
        return parts.Length == 2 && double.TryParse(parts[0], out double over) && double.TryParse(parts[1], out double under) && under > 0 && over > 0
            ? over / under : throw new MeasureException($"{input}: ffprobe finds no video in it.");
    }

    private static List<Frame> Decode(string[] arguments, List<Frame>? input, double rate)
    {
        using Process process = Start("ffmpeg", ["-v", "error", "-nostdin", .. arguments], input is not null);
        Task feed = input is null ? Task.CompletedTask : Task.Run(() =>
        {
            using Stream pipe = process.StandardInput.BaseStream;
            foreach (Frame frame in input)
            {
                pipe.Write(frame.Raw.Span);
            }
        });
        List<Frame> frames = [];
        Stream output = process.StandardOutput.BaseStream;
        while (true)
        {
            var frame = Frame.Rent(Width, Height, DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(frames.Count / rate));
            if (output.ReadAtLeast(frame.Raw.Span, frame.Size, throwOnEndOfStream: false) < frame.Size)
            {
                frame.Dispose();
                break;
            }

            frames.Add(frame);
        }

        feed.Wait();
        process.WaitForExit();
        return process.ExitCode == 0 ? frames : throw new MeasureException($"ffmpeg {string.Join(' ', arguments)}: {process.StandardError.ReadToEnd()}");
    }

    private static Process Start(string program, string[] arguments, bool input)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardInput = input,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new MeasureException($"{program} is not installed: apt-get install ffmpeg.");
        }
    }

    private static string Text(double value) => FormattableString.Invariant($"{value:0.###}");
}
