using System.Globalization;

namespace Sensing.Vision.Sources.Ffmpeg;

/// <summary>What FFmpeg decodes, and how: the one place that makes its command line.</summary>
internal sealed record DecodeRequest
{
    /// <summary>Samples a second of the sound attached to frames.</summary>
    public const int SoundRate = 16_000;

    /// <summary>Options before the input, then <c>-i</c> and the input.</summary>
    public required IReadOnlyList<string> Input { get; init; }

    public required MediaInfo Media { get; init; }

    public required CameraOptions Options { get; init; }

    /// <summary>Attach the sound, where there is some.</summary>
    public bool Sound { get; init; }

    /// <summary>Seek to this time after the beginning before decoding pictures; null: begin at the beginning.</summary>
    public TimeSpan? Seek { get; init; }

    /// <summary>It is a live input: low delay instead of throughput.</summary>
    public bool Live { get; init; }

    public bool HasSound => Sound && Media.AudioIndex is not null;

    /// <summary>Size of the frames, even.</summary>
    public (int Width, int Height) Size => WorkSize(Media.Width, Media.Height, Options.WorkWidth);

    /// <summary>The size to which a camera's picture is scaled: never enlarged, its aspect ratio kept, both sides even.</summary>
    public static (int Width, int Height) WorkSize(int width, int height, int workWidth)
    {
        int to = Math.Max(2, Math.Min(width, workWidth) / 2 * 2);
        return (to, Math.Max(2, (int)Math.Round((double)height * to / width / 2, MidpointRounding.AwayFromZero) * 2));
    }

    public IReadOnlyList<string> Arguments()
    {
        (int width, int height) = Size;
        var arguments = new List<string> { "-nostdin", "-hide_banner", "-nostats", "-loglevel", "error", "-copyts" };
        arguments.AddRange(Decoder());
        if (Seek is { } seek)
        {
            arguments.AddRange(["-ss", seek.TotalSeconds.ToString("0.000000", CultureInfo.InvariantCulture)]);
        }

        arguments.AddRange(Input);
        if (HasSound && Seek is not null)
        {
            // Sound is decoded from its beginning, whatever the pictures do: decoders of sound and resampling have a memory, and after a
            // seek its samples would differ.
            arguments.AddRange(Input);
        }

        arguments.AddRange(["-map", Invariant($"0:{Media.VideoIndex}")]);
        if (HasSound)
        {
            arguments.AddRange(["-map", Invariant($"{(Seek is null ? 0 : 1)}:{Media.AudioIndex}")]);
        }

        // Full-range BT.601 whatever the input has; times as they are, in the input's own units.
        arguments.AddRange(
        [
            "-filter_threads", "1", "-vf", Filter(width, height), "-fps_mode", "passthrough", "-enc_time_base:v", "-1",
            "-c:v", "rawvideo", "-pix_fmt", "yuv420p",
        ]);
        if (HasSound)
        {
            string trim = Seek is { } from ? Invariant($",atrim=start={(Media.Start + from).TotalSeconds:0.000000}") : "";
            arguments.AddRange(
                ["-af", Invariant($"aresample={SoundRate}{trim}"), "-ac", "1", "-c:a", "pcm_s16le", "-max_interleave_delta", Live ? "500000" : "10000000"]);
        }

        arguments.AddRange(["-map_metadata", "-1", "-f", "nut", "-write_index", "0", "-flush_packets", Live ? "1" : "0", "pipe:1"]);
        return arguments;
    }

    private List<string> Decoder()
    {
        var decoder = new List<string> { "-threads", Invariant($"{Options.DecoderThreads}") };
        if (Options.HardwareDecoder is { } hardware)
        {
            // A decoder, such as h264_v4l2m2m, has an underscore in its name; an acceleration, such as vaapi, has none.
            decoder.AddRange([hardware.Contains('_', StringComparison.Ordinal) ? "-c:v" : "-hwaccel", hardware]);
        }

        return decoder;
    }

    private string Filter(int width, int height)
    {
        // Which frames are left out depends on each frame and the one before alone, so that it does not depend on where decoding began.
        string limit = Options.MaxFramesPerSecond is { } rate
            ? Invariant($"select='isnan(prev_t)+gt(floor(t*{rate:0.######}+1e-6)\\,floor(prev_t*{rate:0.######}+1e-6))',")
            : "";
        return Invariant($"{limit}scale={width}:{height}:flags=area:out_range=full:out_color_matrix=bt601,format=yuv420p");
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
