namespace Sensing.Benchmarks.Camera;

/// <summary>How well sirens are separated from other sounds.</summary>
/// <param name="Sirens">How many there are.</param>
/// <param name="Others">How many other sounds there are.</param>
/// <param name="Missed">Sirens that were not reported.</param>
/// <param name="False">Others that were reported.</param>
/// <param name="RecallAtZeroFalse">Share of the sirens above the highest log-odds of the others.</param>
internal readonly record struct SirenScore(int Sirens, int Others, int Missed, int False, double RecallAtZeroFalse)
{
    public double F1 => 2.0 * (Sirens - Missed) / Math.Max((2 * Sirens) - Missed + False, 1);

    /// <summary>The score of sounds, each with its highest log-odds and whether it was reported.</summary>
    public static SirenScore Of(IReadOnlyCollection<(bool IsSiren, double LogOdds, bool IsReported)> sounds)
    {
        int sirens = sounds.Count(s => s.IsSiren);
        double worst = sounds.Where(s => !s.IsSiren).Select(s => s.LogOdds).DefaultIfEmpty(double.NegativeInfinity).Max();
        return new SirenScore(
            sirens, sounds.Count - sirens, sounds.Count(s => s.IsSiren && !s.IsReported),
            sounds.Count(s => !s.IsSiren && s.IsReported),
            sounds.Count(s => s.IsSiren && s.LogOdds > worst) / (double)Math.Max(sirens, 1));
    }
}
