using System.Globalization;

namespace Sensing.EdgeNode.Streams;

/// <summary>Holds a recording back to real time, or a multiple of it, by its own sample times.</summary>
internal sealed class StreamPace(double speed, TimeSpan maxGap, TimeProvider time)
{
    private DateTimeOffset _firstSample;
    private DateTimeOffset _lastSample;
    private long _began;
    private bool _running;

    /// <summary>Multiple of real time that <paramref name="pace"/> means: max is infinite.</summary>
    /// <exception cref="FormatException">It is none of max, realtime, 10x, 10.</exception>
    public static double Speed(string pace) => pace switch
    {
        "max" => double.PositiveInfinity,
        "realtime" => 1,
        _ => double.TryParse(pace.TrimEnd('x'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double speed) && speed > 0
            ? speed
            : throw new FormatException($"'{pace}' is not a valid pace: use max, realtime, or a multiple such as 10."),
    };

    /// <summary>How long to wait until <paramref name="sample"/> is due.</summary>
    public TimeSpan Due(DateTimeOffset sample)
    {
        if (double.IsInfinity(speed))
        {
            return TimeSpan.Zero;
        }

        if (!_running || sample < _lastSample || sample - _lastSample > maxGap)
        {
            // The first sample, or one after a gap that is not waited for: it is due now, and the rest after it.
            _firstSample = sample;
            _began = time.GetTimestamp();
            _running = true;
        }

        _lastSample = sample;
        TimeSpan due = ((sample - _firstSample) / speed) - time.GetElapsedTime(_began);
        return due > TimeSpan.Zero ? due : TimeSpan.Zero;
    }
}
