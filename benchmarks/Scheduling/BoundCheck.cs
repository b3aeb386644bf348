using Google.OrTools.LinearSolver;
using Sensing.Scheduling.Comparisons;
using Sensing.Scheduling.Simulation;
using Sensing.Scheduling.Yardsticks;

namespace Sensing.Benchmarks.Scheduling;

/// <summary>The clairvoyant bound once more, as a linear programme over time shares, by a general solver.</summary>
/// <remarks>
/// Nothing is shared with the bound's own method but the offers: here each task has a variable for each span between two
/// neighbouring releases or deadlines in its window, and each span holds no more than its length.
/// </remarks>
internal static class BoundCheck
{
    /// <summary>Largest relative difference over 20 s of each workload and scenario of the plan.</summary>
    /// <exception cref="MeasureException">The solver cannot be loaded or finds no optimum.</exception>
    public static double WorstDifference(ComparisonPlan plan)
    {
        double worst = 0;
        foreach (Workload workload in plan.Workloads)
        {
            foreach (string scenario in plan.Scenarios)
            {
                Workload part = workload with { Duration = 20_000_000 };
                TaskStream stream = TaskStream.Draw(Variability.Shape(scenario, part), plan.Latency, plan.Seeds[0]);
                CloudConditions conditions = Variability.Find(scenario, part.Duration, plan.Seeds[0])!;
                double own = ClairvoyantBound.Utility(stream, conditions, plan.Latency);
                IReadOnlyList<EdgeOffer> offers = ClairvoyantBound.Offers(stream, conditions, plan.Latency, out long cloud);
                worst = Math.Max(worst, Math.Abs(own - cloud - Solve(offers)) / own);
            }
        }

        return worst;
    }

    private static double Solve(IReadOnlyList<EdgeOffer> offers)
    {
        using Solver solver = Solver.CreateSolver("GLOP") ?? throw new MeasureException("OR-Tools brings no GLOP solver here.");
        long[] cuts = [.. offers.SelectMany(o => new[] { o.Release, o.Deadline }).Distinct().Order()];
        var spans = new Constraint[cuts.Length - 1];
        for (int i = 0; i < spans.Length; i++)
        {
            spans[i] = solver.MakeConstraint(0, (cuts[i + 1] - cuts[i]) * 1e-3);
        }

        Objective objective = solver.Objective();
        objective.SetMaximization();
        foreach (EdgeOffer offer in offers)
        {
            Constraint whole = solver.MakeConstraint(0, offer.Time * 1e-3);
            for (int i = Array.BinarySearch(cuts, offer.Release); cuts[i] < offer.Deadline; i++)
            {
                Variable share = solver.MakeNumVar(0, double.PositiveInfinity, string.Empty);
                spans[i].SetCoefficient(share, 1);
                whole.SetCoefficient(share, 1);
                objective.SetCoefficient(share, offer.Gain / (offer.Time * 1e-3));
            }
        }

        return solver.Solve() == Solver.ResultStatus.OPTIMAL ? objective.Value()
            : throw new MeasureException("GLOP found no optimum of the bound's linear programme.");
    }
}
