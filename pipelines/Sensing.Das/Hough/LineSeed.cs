namespace Sensing.Das.Hough;

/// <summary>A finished track, from which a line over a whole stretch is looked for.</summary>
/// <param name="Direction">0 increasing, 1 decreasing.</param>
/// <param name="First">First position of the track.</param>
/// <param name="Last">Last position of the track.</param>
/// <param name="MiddleSeconds">Time half-way between the two, s since the last break.</param>
/// <param name="SecondsPerPosition">Slowness with sign, s per position.</param>
/// <param name="Evidence">Median of the evidence along the track, in deviations of the noise.</param>
internal readonly record struct LineSeed(
    int Direction, int First, int Last, double MiddleSeconds, double SecondsPerPosition, double Evidence)
{
    public double SecondsAt(double position) => MiddleSeconds + ((position - ((First + Last) / 2.0)) * SecondsPerPosition);
}
