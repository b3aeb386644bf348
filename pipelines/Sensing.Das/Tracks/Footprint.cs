using Sensing.Das.Events;

namespace Sensing.Das.Tracks;

/// <summary>Where and when a track passed, to tell whether another one is the same vehicle's: a parabola by its ends and its middle.</summary>
/// <param name="Direction">Way of travel.</param>
/// <param name="LowM">The end at the smaller distance, m.</param>
/// <param name="HighM">The end at the larger distance, m.</param>
/// <param name="LowSeconds">When the vehicle is at <paramref name="LowM"/>, s since the last break.</param>
/// <param name="MiddleSeconds">When it is half way.</param>
/// <param name="HighSeconds">When it is at <paramref name="HighM"/>.</param>
internal readonly record struct Footprint(
    TravelDirection Direction, double LowM, double HighM, double LowSeconds, double MiddleSeconds, double HighSeconds)
{
    private const int Steps = 8;

    public double EndSeconds => Math.Max(LowSeconds, HighSeconds);

    public double SecondsAt(double distanceM)
    {
        // Lagrange through u = −1, 0, 1.
        double u = (2 * (distanceM - LowM) / (HighM - LowM)) - 1;
        return (u * (u - 1) / 2 * LowSeconds) + ((1 - (u * u)) * MiddleSeconds) + (u * (u + 1) / 2 * HighSeconds);
    }

    /// <summary>Mean time between two tracks where they run side by side last, s; infinite where they hardly do.</summary>
    /// <param name="other">The other track.</param>
    /// <param name="stretchM">Length of the stretch, from the end of what both cover backwards, m; at least half of it must be shared.</param>
    public double SecondsFrom(Footprint other, double stretchM)
    {
        double low = Math.Max(LowM, other.LowM), high = Math.Min(HighM, other.HighM);
        if (Direction != other.Direction || high - low < stretchM / 2)
        {
            return double.PositiveInfinity;
        }

        if (Direction == TravelDirection.Increasing)
        {
            low = Math.Max(low, high - stretchM);
        }
        else
        {
            high = Math.Min(high, low + stretchM);
        }

        double sum = 0;
        for (int i = 0; i <= Steps; i++)
        {
            double m = low + ((high - low) * i / Steps);
            sum += Math.Abs(SecondsAt(m) - other.SecondsAt(m));
        }

        return sum / (Steps + 1);
    }
}
