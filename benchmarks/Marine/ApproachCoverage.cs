using System.Globalization;
using Sensing.Events;
using Sensing.Marine;
using Sensing.Marine.Events;
using Sensing.Marine.Synthetic;
using Sensing.Streams;

namespace Sensing.Benchmarks.Marine;

/// <summary>How often the true closest approach lies within the reported standard deviations, on a synthetic voyage with the errors of real equipment.</summary>
internal static class ApproachCoverage
{
    /// <summary>Farther ahead nobody holds a course, s.</summary>
    private const double Longest = 1200;

    private static readonly DateTimeOffset Epoch = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>One comparison: the reported approach against the true one.</summary>
    /// <param name="TcpaS">True time to it, s.</param>
    /// <param name="CpaErrorM">Reported less true.</param>
    /// <param name="CpaDeviationM">Reported standard deviation.</param>
    /// <param name="TcpaErrorS">Reported less true.</param>
    /// <param name="TcpaDeviationS">Reported standard deviation.</param>
    public readonly record struct Comparison(double TcpaS, double CpaErrorM, double CpaDeviationM, double TcpaErrorS, double TcpaDeviationS);

    /// <summary>Plays a voyage through the pipeline; a comparison each 10 s and vessel while own ship holds its course until the approach.</summary>
    public static async Task<List<Comparison>> PlayAsync(SyntheticSourceOptions voyage, CancellationToken cancellation)
    {
        var comparisons = new List<Comparison>();
        var truth = new VoyageTruth(voyage);
        await using var source = new SyntheticSource(
            voyage with { StartTime = EventTime.Format(Epoch) }, new StreamContext(new StreamAddress("measure", "node", "bridge"), TimeProvider.System, ""));
        foreach (SensorEvent item in await WatchedLog.PlayAsync(source, new MarineOptions(), cancellation))
        {
            if (item.Type != MarineEvents.Target.Name || MarineEvents.Target.Read(item) is not
                { CpaM: { } cpa, CpaErrorM: { } cpaDeviation, TcpaSeconds: > 5 and { } tcpa, TcpaErrorSeconds: { } tcpaDeviation, SpeedKn: > 1 } target)
            {
                continue;
            }

            double now = (item.Time - Epoch).TotalSeconds;
            if (VoyageTruth.OwnHoldsCourse(now - 10, now + Math.Min(tcpa + 60, Longest))
                && truth.Closest(int.Parse(target.Target, CultureInfo.InvariantCulture), now, Longest) is var (trueCpa, trueTcpa))
            {
                comparisons.Add(new Comparison(trueTcpa, cpa - trueCpa, cpaDeviation, tcpa - trueTcpa, tcpaDeviation));
            }
        }

        return comparisons;
    }

    /// <summary>Share of the comparisons within so many reported standard deviations.</summary>
    public static (double Cpa, double Tcpa) Within(IReadOnlyCollection<Comparison> all, double deviations) => (
        all.Count(one => Math.Abs(one.CpaErrorM) <= deviations * one.CpaDeviationM) / (double)Math.Max(1, all.Count),
        all.Count(one => Math.Abs(one.TcpaErrorS) <= deviations * one.TcpaDeviationS) / (double)Math.Max(1, all.Count));
}
