namespace Sensing.Marine.Impacts.Simulation;

/// <summary>A push on the hull over a short time: a rise and a fall, with what it rings.</summary>
internal sealed record Pulse
{
    public required int First { get; init; }

    /// <summary>Length, samples.</summary>
    public required double Length { get; init; }

    /// <summary>Share of the length in which it rises.</summary>
    public double Rise { get; init; } = 0.5;

    /// <summary>Acceleration of the centre of gravity at its peak: ahead, to starboard, down, m/s².</summary>
    public (double X, double Y, double Z) Peak { get; init; }

    /// <summary>Angular acceleration at its peak, rad/s².</summary>
    public (double P, double Q, double R) Turn { get; init; }

    /// <summary>Ringing after the peak as a share of it, at a frequency that dies away.</summary>
    public double Ring { get; init; }

    public double RingHz { get; init; } = 12;

    public double RingSeconds { get; init; } = 0.1;

    /// <summary>Strength at a sample, 0 to 1.</summary>
    public double At(int sample)
    {
        double part = (sample - First + 0.5) / Length;
        return part is < 0 or > 1 ? 0
            : part < Rise ? 0.5 * (1 - Math.Cos(Math.PI * part / Rise))
            : 0.5 * (1 + Math.Cos(Math.PI * (part - Rise) / (1 - Rise)));
    }

    /// <summary>Ringing at a sample, from the time of the peak on.</summary>
    public double RingAt(int sample, double rate)
    {
        double since = (sample - First - (Rise * Length)) / rate;
        return since < 0 || Ring == 0 ? 0 : Ring * Math.Exp(-since / RingSeconds) * Math.Sin(2 * Math.PI * RingHz * since);
    }

    public bool IsOver(int sample, double rate) => sample > First + Length + (Ring > 0 ? 6 * RingSeconds * rate : 0);
}
