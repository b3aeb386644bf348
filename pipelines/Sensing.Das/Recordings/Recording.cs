namespace Sensing.Das.Recordings;

/// <summary>An open recording.</summary>
public sealed class Recording : IDisposable
{
    private readonly SampleMatrix _samples;
    private readonly float[] _factors;
    private readonly SampleTimes? _times;

    /// <param name="header">What it says about itself.</param>
    /// <param name="samples">The stored numbers; disposed with the recording.</param>
    /// <param name="factors">Stored number to quantity: one for all channels, or one a channel.</param>
    /// <param name="times">Stored times of the samples; null where the file only tells the first.</param>
    internal Recording(RecordingHeader header, SampleMatrix samples, float[] factors, SampleTimes? times = null)
    {
        Header = header;
        _samples = samples;
        _factors = factors;
        _times = times;
    }

    public RecordingHeader Header { get; }

    /// <summary>What the file says of itself that somebody should know, in sentences.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Reads rows, [time][channel], in the header's quantity; infinite values become NaN.</summary>
    /// <returns>How many of the values are NaN.</returns>
    /// <exception cref="RecordingException">The file ends, or cannot be decoded, there.</exception>
    public long Read(long firstRow, int rows, Span<float> values)
    {
        _samples.Read(firstRow, rows, values);
        if (_factors.Length == 1)
        {
            return SampleConversion.Scale(values, _factors[0]);
        }

        long unknown = 0;
        for (int i = 0; i < values.Length; i++)
        {
            unknown += SampleConversion.Scale(ref values[i], _factors[i % _factors.Length]);
        }

        return unknown;
    }

    /// <summary>The part between two distances, ends included. The new recording owns this one's file.</summary>
    /// <exception cref="RecordingException">Fewer than two channels lie there.</exception>
    internal Recording Section(string path, double? fromM, double? toM)
    {
        DasGeometry all = Header.Geometry;
        double last = all.DistanceOf(all.Channels - 1);
        int first = (int)Math.Max(0, Math.Ceiling(((fromM ?? all.FirstChannelM) - all.FirstChannelM) / all.ChannelStepM - 1e-9));
        int end = (int)Math.Min(all.Channels, Math.Floor((((toM ?? last) - all.FirstChannelM) / all.ChannelStepM) + 1e-9) + 1);
        if (end - first < 2)
        {
            throw new RecordingException(
                "incomplete", path, null,
                FormattableString.Invariant($"Fewer than two channels lie between {fromM ?? all.FirstChannelM:0.#} m and {toM ?? last:0.#} m: the recording covers {all.FirstChannelM:0.#} m to {last:0.#} m."),
                "Correct fromM and toM.");
        }

        return first == 0 && end == all.Channels
            ? this
            : new Recording(
                Header with { Geometry = all with { Channels = end - first, FirstChannelM = all.DistanceOf(first) } },
                new ChannelSlice(_samples, first, end - first),
                _factors.Length == 1 ? _factors : _factors[first..end],
                _times)
            {
                Remarks = Remarks,
            };
    }

    /// <summary>Reads the rows' stored times; false where the file has none and the samples are taken as evenly spaced.</summary>
    internal bool ReadTimes(long firstRow, Span<DateTimeOffset> times)
    {
        _times?.Read(firstRow, times);
        return _times is not null;
    }

    public void Dispose() => _samples.Dispose();
}
