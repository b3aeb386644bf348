namespace Sensing.Das.Synthetic;

/// <summary>What a scenario's signal-to-noise ratio means, and the noise that it asks for.</summary>
/// <remarks>
/// The ratio compares, on one channel of unit coupling and within the quasi-static band (0.1–1 Hz), the mean square strain
/// rate of the reference car (1,500 kg, on the nearest lane, at that lane's mean speed) over the 3 s around its passage
/// with the mean square of the channel's own noise. Common-mode noise, fading and dead channels come on top.
/// </remarks>
internal static class SignalToNoise
{
    public const double LowHz = 0.1;
    public const double HighHz = 1;
    public const double CornerHz = 2;

    /// <summary>The passage is ±1.5 s long, as in Truong et al., section 5.</summary>
    private const double PassageSeconds = 3;

    /// <summary>One-sided white density S₀, (1/s)² per Hz, for the ratio.</summary>
    public static double NoiseDensity(double snrDb, GroundResponse ground, double speedMs, double reachM)
    {
        double signal = BandEnergy(ground, speedMs, reachM) / PassageSeconds;
        double noiseOfUnitDensity = (HighHz - LowHz) + (CornerHz * Math.Log(HighHz / LowHz));
        return signal / Math.Pow(10, snrDb / 10) / noiseOfUnitDensity;
    }

    /// <summary>∫ |S(f)|² df over both signs of the band (Parseval), S from the signature by the midpoint rule.</summary>
    private static double BandEnergy(GroundResponse ground, double speedMs, double reachM)
    {
        const double StepSeconds = 0.01, StepHz = 0.01;
        int half = (int)(reachM / speedMs / StepSeconds);
        double energy = 0;
        for (double f = LowHz + (StepHz / 2); f < HighHz; f += StepHz)
        {
            double odd = 0, even = 0;
            for (int i = -half; i <= half; i++)
            {
                double t = i * StepSeconds;
                double rate = -speedMs * VehicleSignature.QuasiStatic(VehicleFleet.ReferenceCar, 1, ground, -speedMs * t);
                (double s, double c) = Math.SinCos(2 * Math.PI * f * t);
                odd += rate * s * StepSeconds;
                even += rate * c * StepSeconds;
            }

            energy += 2 * ((odd * odd) + (even * even)) * StepHz;
        }

        return energy;
    }
}
