using Sensing.Das;

namespace Sensing.Benchmarks.Das;

/// <summary>What a chain that was started at some instant of a recording makes of the labelled window.</summary>
/// <param name="StartSeconds">Instant of the start.</param>
/// <param name="Score">Found, missed and false vehicles.</param>
/// <param name="SpeedErrors">Reported over labelled speed, less 1, and the reported standard error as a share of the speed.</param>
internal sealed record StartScore(double StartSeconds, LabelScore Score, IReadOnlyList<(double Error, double StandardError)> SpeedErrors)
{
    /// <summary>After the start vehicles are not yet seen along the whole section: they are scored in the next lap.</summary>
    private const double SettleSeconds = 30;

    public double? SpeedBias => Median(SpeedErrors.Select(e => e.Error));

    /// <summary>Runs the chain from <paramref name="start"/> to the recording's end and on from its beginning, over the window.</summary>
    public static async Task<StartScore> RunAsync(
        DasOptions chain, string recording, double length, LabelSet labels, double start, (double From, double To) window, double tolerance,
        IReadOnlyList<(double PositionM, double Seconds)> excused, CancellationToken cancellation)
    {
        double lap = length + RecordedRing.PauseSeconds, turn = start + SettleSeconds;
        double until = turn > window.From ? Math.Min(turn, window.To) + 30 : 0;
        List<ReportedVehicle> vehicles = await RecordedVehicles.RunAsync(
            new DasPipeline(chain, RecordedVehicles.Address), RecordedRing.ReadAsync(recording, start, until, lap, cancellation),
            until > 0 ? double.PositiveInfinity : window.To + 30 - start);

        // Times are since the first block that was read.
        ReportedVehicle[] timed = [.. vehicles.Select(v => v with { Seconds = v.Seconds + start })
            .Where(v => v.Seconds >= length ? v.Seconds - lap < turn : v.Seconds >= turn || until == 0)
            .Select(v => v.Seconds >= length ? v with { Seconds = v.Seconds - lap } : v)
            .Where(v => Math.Abs(v.Passage.ReferenceM - labels.ScoredM) < 0.01)];
        LabelScore score = LabelScore.Of(labels.Rows, timed, labels.ScoredM, window.From, window.To, tolerance, excused);
        return new StartScore(start, score, [.. Errors(score, labels)]);
    }

    public static double? Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? null : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static IEnumerable<(double Error, double StandardError)> Errors(LabelScore score, LabelSet labels)
    {
        if (labels.SpeedBetween is not { } between)
        {
            yield break;
        }

        foreach ((PassageLabel label, ReportedVehicle vehicle) in score.Pairs)
        {
            if (label.Times.TryGetValue(between.FromM, out double first) && label.Times.TryGetValue(between.ToM, out double second))
            {
                double speed = Math.Abs((between.ToM - between.FromM) / (second - first));
                yield return ((vehicle.SpeedMs / speed) - 1, vehicle.Passage.SpeedStandardErrorKmh / vehicle.Passage.SpeedKmh);
            }
        }
    }
}
