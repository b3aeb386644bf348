using System.Diagnostics;
using System.Globalization;
using Sensing.Testing.Conformance;
using Sensing.Vision.Frames;

namespace Sensing.Vision.Tests.Sources;

/// <summary>Videos made for a test, their pictures computed here.</summary>
internal static class TestVideo
{
    public const int Width = 64;
    public const int Height = 48;

    public static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    /// <summary>A picture with a moving pattern: luma, then the chroma planes, full range.</summary>
    public static byte[] Picture(int number, int width = Width, int height = Height)
    {
        byte[] picture = new byte[Frame.SizeOf(width, height)];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                picture[(y * width) + x] = (byte)((x * 3) + (y * 2) + (number * 7));
            }
        }

        int chroma = (picture.Length - (width * height)) / 2;
        for (int i = 0; i < chroma; i++)
        {
            picture[(width * height) + i] = (byte)(90 + ((i + number) % 60));
            picture[(width * height) + chroma + i] = (byte)(160 - ((i + (2 * number)) % 60));
        }

        return picture;
    }

    /// <summary>Encodes pictures without loss.</summary>
    /// <param name="path">File.</param>
    /// <param name="pictures">Raw full-range pictures of 64 × 48.</param>
    /// <param name="framesPerSecond">Their rate.</param>
    /// <param name="before">Further inputs.</param>
    /// <param name="after">Further options of the output.</param>
    public static void Write(string path, IEnumerable<byte[]> pictures, double framesPerSecond = 2.5, string before = "", string after = "") => Ffmpeg(
        string.Create(CultureInfo.InvariantCulture,
            $"-f rawvideo -pix_fmt yuvj420p -s {Width}x{Height} -r {framesPerSecond} -i pipe:0 {before} -c:v libx264 -qp 0 -bf 2 -g 4 -preset veryfast -pix_fmt yuvj420p {after} {path}"),
        pictures);

    /// <summary>Runs ffmpeg to its end.</summary>
    public static void Ffmpeg(string arguments, IEnumerable<byte[]>? input = null)
    {
        using Process process = Process.Start(new ProcessStartInfo("ffmpeg", "-hide_banner -loglevel error -y " + arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        foreach (byte[] picture in input ?? [])
        {
            process.StandardInput.BaseStream.Write(picture);
        }

        process.StandardInput.Close();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
    }

    /// <summary>A frame as conformance compares it: planes, then sound.</summary>
    public static TimedValues Values(Frame frame) => new(
        frame.Time, [.. frame.Raw.ToArray().Select(value => (double)value), .. frame.Sound?.Samples.ToArray().Select(value => (double)value) ?? []]);

    public static TimedValues Expected(int number, double seconds) =>
        new(Start.AddTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond)), Array.ConvertAll(Picture(number), value => (double)value));
}
