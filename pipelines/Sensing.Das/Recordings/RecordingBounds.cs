using System.Globalization;

namespace Sensing.Das.Recordings;

/// <summary>What a recording may say of itself. Everything that a file declares passes here before it is used.</summary>
/// <remarks>
/// The bounds are far outside of what instruments do (0.25 to 10 m of spacing, 100 Hz to 100 kHz, tens of thousands of channels), and inside of
/// what the chain's arithmetic bears. Most files outside of them state a value in another unit: milliseconds, millimetres.
/// </remarks>
internal static class RecordingBounds
{
    /// <summary>Most channels.</summary>
    public const int MostChannels = 200_000;

    private const double LeastTimeStep = 1e-6;
    private const double MostTimeStep = 0.5;
    private const double LeastChannelStep = 0.01;
    private const double MostChannelStep = 200;
    private const double FarthestM = 1e6;
    private const double MostGaugeM = 1000;
    private const double LongestDays = 366;

    /// <summary>Deflate, the strongest of the compressions that are read, makes at most 1032 bytes out of one (zlib's own bound).</summary>
    private const double MostCompression = 1032;

    /// <summary>Room for the headers of a small file that is all fill value.</summary>
    private const double SmallFileBytes = 1 << 20;

    private static readonly DateTimeOffset Earliest = DateTimeOffset.UnixEpoch;
    private static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <exception cref="RecordingException">A value is outside of its bounds; names it, the bounds and the remedy.</exception>
    public static void Check(string path, RecordingHeader header)
    {
        DasGeometry geometry = header.Geometry;
        Between(path, "time from sample to sample", geometry.TimeStepSeconds, LeastTimeStep, MostTimeStep, "s",
            geometry.TimeStepSeconds > MostTimeStep ? "It looks like milliseconds or a rate: correct the file, or give the value in the source's option 'layout'." : null);
        Between(path, "distance from channel to channel", geometry.ChannelStepM, LeastChannelStep, MostChannelStep, "m",
            geometry.ChannelStepM > MostChannelStep ? "It looks like millimetres: correct the file, or give the value in the source's option 'layout'." : null);
        Between(path, "distance of the first channel", geometry.FirstChannelM, -FarthestM, FarthestM, "m");
        Between(path, "gauge length", geometry.GaugeLengthM, 0, MostGaugeM, "m");
        if (header.StartTime < Earliest || header.StartTime >= Latest)
        {
            throw Refused(path, FormattableString.Invariant($"The recording begins on {header.StartTime.UtcDateTime:yyyy-MM-dd}; it must lie between {Earliest.Year} and {Latest.Year}."),
                "Correct the start time, or its unit (seconds, milliseconds, microseconds), in the file or in the source's option 'layout'.");
        }

        if (header.Rows < 1 || header.Rows * geometry.TimeStepSeconds > LongestDays * 86_400)
        {
            throw Refused(path, FormattableString.Invariant($"The file claims {header.Rows} samples a channel, {header.Rows * geometry.TimeStepSeconds / 86_400:0.#} days; at most {LongestDays} days are read from one."),
                "Check the order of the axes and the time from sample to sample.");
        }
    }

    /// <summary>Checks a dataset's size before anything is reserved for it.</summary>
    /// <exception cref="RecordingException">No samples, too many channels, or more values than the file can hold.</exception>
    public static void CheckSize(string path, string? position, long rows, long channels, int itemBytes, long fileBytes)
    {
        if (rows < 1 || channels < 1)
        {
            throw new RecordingException("incomplete", path, position, "The dataset is empty.", "Check the interrogator's recording.");
        }

        if (channels > MostChannels)
        {
            throw new RecordingException("wrong-type", path, position,
                $"The dataset has {channels} channels of {rows} samples; at most {MostChannels} channels are read.",
                "Check the order of the axes: 'time,distance' if one row holds all channels at one instant.");
        }

        double claimed = (double)rows * channels * itemBytes;
        if (claimed > (fileBytes * MostCompression) + SmallFileBytes)
        {
            throw new RecordingException("truncated", path, position,
                FormattableString.Invariant($"The dataset claims {rows} × {channels} values, {claimed:G3} bytes, which the file's {fileBytes} bytes cannot hold."),
                "It is cut off, or its samples were never written: copy it again from the interrogator.");
        }
    }

    /// <summary>A factor from stored numbers to the quantity, as a 32-bit float.</summary>
    /// <exception cref="RecordingException">Zero, not finite, or too small or large for the samples to stay numbers.</exception>
    public static float Factor(string path, string position, double factor)
    {
        float value = (float)factor;
        return float.IsNormal(value) && Math.Abs(value) < 1e30f
            ? value
            : throw new RecordingException("wrong-type", path, position,
                FormattableString.Invariant($"The samples would be multiplied by {factor:G6}, which leaves nothing of them."),
                "Correct the scale: stored number × scale = strain rate in 1/s, or in the unit that the file names.");
    }

    private static void Between(string path, string what, double value, double least, double most, string unit, string? remedy = null)
    {
        if (!(value >= least && value <= most))
        {
            throw Refused(path, string.Create(CultureInfo.InvariantCulture, $"The {what} is {value:G6} {unit}; it must lie between {least:G6} and {most:G6} {unit}."),
                remedy ?? "Correct the file, or give the value in the source's option 'layout'.");
        }
    }

    private static RecordingException Refused(string path, string problem, string remedy) => new("wrong-type", path, null, problem, remedy);
}
