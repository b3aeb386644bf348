using System.Buffers.Binary;
using Sensing.Streams;
using Sensing.Testing.Conformance;
using Sensing.Vision.Frames;
using Sensing.Vision.Sources;
using SkiaSharp;

namespace Sensing.Vision.Tests.Sources;

// One line a source.
[TimeLimit(minutes: 4, reason: ConformingSources.Reason)]
public sealed class OneVideoConformance() : SourceConformance<Frame>(ConformingSources.OneVideo);

[TimeLimit(minutes: 4, reason: ConformingSources.Reason)]
public sealed class SeveralVideosConformance() : SourceConformance<Frame>(ConformingSources.SeveralVideos);

[TimeLimit(minutes: 4, reason: ConformingSources.Reason)]
public sealed class VideoWithSoundConformance() : SourceConformance<Frame>(ConformingSources.WithSound);

public sealed class ImagesConformance() : SourceConformance<Frame>(ConformingSources.Images);

/// <summary>Sources on recordings whose pictures are known.</summary>
internal static class ConformingSources
{
    public const string Reason = "Starts FFmpeg for every position.";

    private const int Frames = 10;
    private const double Rate = 2.5;

    public static SourceUnderTest<Frame> OneVideo()
    {
        SourceUnderTest<Frame> test = Video(["camera.mp4"]);
        TestVideo.Write(Path.Combine(test.Folder, "camera.mp4"), Enumerable.Range(0, Frames).Select(i => TestVideo.Picture(i)), Rate);
        return test;
    }

    public static SourceUnderTest<Frame> SeveralVideos()
    {
        SourceUnderTest<Frame> test = Video(["camera_*.mkv"]);
        TestVideo.Write(Path.Combine(test.Folder, "camera_1.mkv"), Enumerable.Range(0, 6).Select(i => TestVideo.Picture(i)), Rate);
        TestVideo.Write(Path.Combine(test.Folder, "camera_2.mkv"), Enumerable.Range(6, Frames - 6).Select(i => TestVideo.Picture(i)), Rate);
        return test;
    }

    /// <summary>A ramp of one step a sample, so that each sample of the sound is known.</summary>
    public static SourceUnderTest<Frame> WithSound()
    {
        SourceUnderTest<Frame> test = Video(["camera.mkv"], sound: true);
        string sound = Path.Combine(test.Folder, "sound.raw");
        byte[] ramp = new byte[(int)(2 * 16_000 * Frames / Rate)];
        for (int i = 0; i < ramp.Length / 2; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(ramp.AsSpan(2 * i), Ramp(i));
        }

        File.WriteAllBytes(sound, ramp);
        TestVideo.Write(
            Path.Combine(test.Folder, "camera.mkv"), Enumerable.Range(0, Frames).Select(i => TestVideo.Picture(i)), Rate,
            $"-f s16le -ar 16000 -ac 1 -i {sound}", "-c:a flac");
        return test;
    }

    public static SourceUnderTest<Frame> Images()
    {
        var test = new SourceUnderTest<Frame>
        {
            Open = test => new ImagesSource(ImageOptions("*.png"), test.Context),
            OpenAbsent = test => new ImagesSource(ImageOptions("absent.png"), test.Context),
            Readings = frame => [TestVideo.Values(frame)],
            Expected = [.. Enumerable.Range(0, Frames).Select(i => Grey(i, (double)i / Rate))],
        };
        for (int i = 0; i < Frames; i++)
        {
            using var bitmap = new SKBitmap(64, 48, SKColorType.Rgba8888, SKAlphaType.Opaque);
            bitmap.Erase(new SKColor((byte)(i * 20), (byte)(i * 20), (byte)(i * 20)));
            using SKData data = bitmap.Encode(SKEncodedImageFormat.Png, 100);

            // Without leading zeros: 2 comes before 10.
            File.WriteAllBytes(Path.Combine(test.Folder, $"picture{i + 1}.png"), data.ToArray());
        }

        return test;
    }

    private static TimedValues Grey(int number, double seconds) => new(
        TestVideo.Start.AddTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond)),
        [.. Enumerable.Repeat((double)(number * 20), 64 * 48), .. Enumerable.Repeat(128.0, 2 * 32 * 24)]);

    private static ImagesSourceOptions ImageOptions(string files) =>
        new() { Files = [files], FramesPerSecond = Rate, StartTime = "2026-03-01T08:00:00Z" };

    private static short Ramp(int sample) => (short)(sample % 30_000);

    private static SourceUnderTest<Frame> Video(string[] files, bool sound = false) => new()
    {
        Open = test => new VideoSource(Options(files), test.Context),
        OpenAbsent = test => new VideoSource(Options(["absent.mp4"]), test.Context),
        Readings = frame => [TestVideo.Values(frame)],
        Expected = [.. Enumerable.Range(0, Frames).Select(i => sound && i > 0 ? Sounding(i) : TestVideo.Expected(i, Seconds(i)))],
    };

    /// <summary>Whole milliseconds, which every container keeps.</summary>
    private static double Seconds(int number) => (double)number / Rate;

    private static TimedValues Sounding(int number)
    {
        TimedValues silent = TestVideo.Expected(number, Seconds(number));
        int from = Sample(number - 1), to = Sample(number);
        return silent with { Values = [.. silent.Values, .. Enumerable.Range(from, to - from).Select(i => (double)Ramp(i))] };
    }

    private static int Sample(int frame) => (int)(Seconds(frame) * 16_000);

    private static VideoSourceOptions Options(string[] files) => new() { Files = files, StartTime = "2026-03-01T08:00:00Z" };
}
