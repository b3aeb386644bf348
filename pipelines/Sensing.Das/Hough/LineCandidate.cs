namespace Sensing.Das.Hough;

/// <summary>A local maximum of the accumulator.</summary>
/// <param name="MiddleSeconds">When the line passes the aperture's middle.</param>
/// <param name="ExitSeconds">When the line leaves the aperture.</param>
/// <param name="Slowness">Index into the grid.</param>
/// <param name="Evidence">Quantile of the evidence along the line.</param>
internal readonly record struct LineCandidate(double MiddleSeconds, double ExitSeconds, int Slowness, float Evidence);
