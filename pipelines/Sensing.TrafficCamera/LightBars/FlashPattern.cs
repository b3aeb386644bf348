namespace Sensing.TrafficCamera.LightBars;

/// <summary>When a lamp is lit: for synthetic scenes and tests.</summary>
/// <param name="PeriodSeconds">Time from group to group; 0: always lit.</param>
/// <param name="Pulses">Flashes in a group.</param>
/// <param name="LitSeconds">Duration of a flash.</param>
/// <param name="GapSeconds">Time between the flashes of a group.</param>
/// <param name="Phase">Begin of the first group, as a share of the period.</param>
public readonly record struct FlashPattern(double PeriodSeconds, int Pulses, double LitSeconds, double GapSeconds, double Phase)
{
    /// <summary>Share of an exposure during which the lamp is lit; 0…1.</summary>
    public double Lit(double seconds, double exposureSeconds)
    {
        if (PeriodSeconds <= 0)
        {
            return 1;
        }

        double lit = 0;
        double first = Math.Floor((seconds / PeriodSeconds) - Phase) - 1;
        for (double cycle = first; cycle <= first + 2; cycle++)
        {
            for (int pulse = 0; pulse < Pulses; pulse++)
            {
                double begin = ((cycle + Phase) * PeriodSeconds) + (pulse * (LitSeconds + GapSeconds));
                lit += Math.Max(Math.Min(seconds + exposureSeconds, begin + LitSeconds) - Math.Max(seconds, begin), 0);
            }
        }

        return Math.Min(lit / exposureSeconds, 1);
    }
}
