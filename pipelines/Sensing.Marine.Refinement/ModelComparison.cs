using Sensing.Marine.Impacts;
using Sensing.Marine.Impacts.Features;
using Sensing.Marine.Impacts.Learning;
using Sensing.Marine.Impacts.Models;
using Sensing.Models;

namespace Sensing.Marine.Refinement;

/// <summary>A candidate beside the model in use, on windows that the candidate has not learnt from.</summary>
/// <remarks>
/// The candidate is better if, on the held-out windows, it is right so much more often than the model in use that chance explains it with a
/// probability of at most 5 % (exact one-sided sign test over the windows on which one of the two is right: McNemar, Psychometrika 12, 1947); if it
/// gives no more false alarms there; and if it is no more than a hundredth less accurate on simulated voyages.
/// </remarks>
internal sealed class ModelComparison
{
    /// <summary>Of the simulated voyages; other seeds than those of training and of the nodes' examination.</summary>
    private const int SimulatedSeed = 91_000_001;

    private ModelComparison(string? problem, string text, IReadOnlyList<ModelMetric> metrics) => (Problem, Text, Metrics) = (problem, text, metrics);

    /// <summary>Why the candidate is not better; null where it is.</summary>
    public string? Problem { get; }

    public IReadOnlyList<ModelMetric> Metrics { get; }

    private string Text { get; }

    public static ModelComparison Of(
        ImpactModel candidate, ImpactModel inUse, IReadOnlyList<LabelledWindow> held, RefinementOptions options, CancellationToken cancellation)
    {
        var features = new WindowFeatures();
        Score now = default, before = default;
        int gained = 0, lost = 0;
        foreach (LabelledWindow window in held)
        {
            cancellation.ThrowIfCancellationRequested();
            float[] values = features.Of(window.Motion);
            int label = ((IList<string>)[.. SimulatedWindows.Classes]).IndexOf(window.Class);
            (bool right, bool wasRight) = (now.Add(candidate.Classify(values), label, options), before.Add(inUse.Classify(values), label, options));
            gained += right && !wasRight ? 1 : 0;
            lost += wasRight && !right ? 1 : 0;
        }

        (double simulated, double simulatedBefore) = Simulated(candidate, inUse, options, cancellation);
        double luck = SignTest(gained, lost);
        string? problem =
            luck > options.Significance ? FormattableString.Invariant($"{gained} windows gained and {lost} lost may be luck (p = {luck:0.000})")
            : now.FalseAlarms > before.FalseAlarms ? $"{now.FalseAlarms} false alarms instead of {before.FalseAlarms}"
            : simulated < simulatedBefore - options.SimulatedSlack ? FormattableString.Invariant($"{simulated:0.000} on simulated voyages instead of {simulatedBefore:0.000}")
            : null;
        string text = FormattableString.Invariant(
            $"{now.Right} of {held.Count} held-out windows right instead of {before.Right}, {gained} gained and {lost} lost (p = {luck:0.000})");
        return new ModelComparison(problem, text,
        [
            new ModelMetric("heldOutWindows", held.Count, held.Count),
            new ModelMetric("accuracy", (double)now.Right / held.Count, (double)before.Right / held.Count),
            new ModelMetric("crossEntropy", now.Loss / held.Count, before.Loss / held.Count),
            new ModelMetric("falseAlarms", now.FalseAlarms, before.FalseAlarms),
            new ModelMetric("missedAlarms", now.MissedAlarms, before.MissedAlarms),
            new ModelMetric("simulatedAccuracy", simulated, simulatedBefore),
        ]);
    }

    /// <summary>Probability that a fair coin is as far ahead, or further: of <paramref name="gained"/> + <paramref name="lost"/> throws.</summary>
    internal static double SignTest(int gained, int lost)
    {
        // Sum of C(n, k) / 2^n from k = gained to n, term by term in logarithms, as 2^n soon leaves the range of numbers.
        int n = gained + lost;
        double term = -n * Math.Log(2), sum = 0;
        for (int k = n; k >= gained; k--)
        {
            sum += Math.Exp(term);
            term += Math.Log((double)k / (n - k + 1));
        }

        return Math.Min(1, sum);
    }

    public override string ToString() => Problem is null ? $"better, {Text}." : $"not better, {Text}: {Problem}.";

    private static (double Candidate, double InUse) Simulated(ImpactModel candidate, ImpactModel inUse, RefinementOptions options, CancellationToken cancellation)
    {
        int voyages = Math.Max(20, options.Voyages / 5), all = 0, right = 0, wasRight = 0;
        foreach (Example example in SimulatedWindows.Examples(SimulatedWindows.Voyages(voyages, SimulatedSeed), mirrored: false, cancellation))
        {
            all++;
            right += Calibration.Best(candidate.Classify(example.Features)) == example.Class ? 1 : 0;
            wasRight += Calibration.Best(inUse.Classify(example.Features)) == example.Class ? 1 : 0;
        }

        return ((double)right / all, (double)wasRight / all);
    }

    private struct Score
    {
        public int Right, FalseAlarms, MissedAlarms;
        public double Loss;

        public bool Add(float[] probabilities, int label, RefinementOptions options)
        {
            double impact = probabilities.Skip((int)ImpactClass.Glancing).Sum();
            bool isImpact = label >= (int)ImpactClass.Glancing, alarms = impact >= options.AlarmProbability;
            bool right = Calibration.Best(probabilities) == label;
            Right += right ? 1 : 0;
            FalseAlarms += alarms && !isImpact ? 1 : 0;
            MissedAlarms += isImpact && !alarms ? 1 : 0;
            Loss -= Math.Log(Math.Max(probabilities[label], 1e-9));
            return right;
        }
    }
}
