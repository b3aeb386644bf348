using System.Globalization;

namespace Sensing.Scheduling.Comparisons;

/// <summary>A comparison as a table for people and as CSV for programs.</summary>
public static class ComparisonText
{
    /// <summary>Header of the CSV; one line a run.</summary>
    public const string CsvHeader =
        "workload,scenario,policy,seed,tasks,edge_completed,cloud_completed,edge_late,cloud_late,dropped,completion,utility,qoe,bound,utility_over_bound";

    public static string CsvLine(ComparisonRow row) => string.Create(
        CultureInfo.InvariantCulture,
        $"{row.Workload},{row.Scenario},{row.Policy},{row.Seed},{row.Account.Arrived},{row.Account.EdgeCompleted},{row.Account.CloudCompleted},{row.Account.EdgeLate},{row.Account.CloudLate},{row.Account.Dropped},{row.Account.CompletionRate:F4},{row.Account.Utility},{row.Account.Qoe},{row.Bound:F1},{row.Account.Utility / row.Bound:F4}");

    /// <summary>One block a workload and scenario; shares in percent of the tasks.</summary>
    public static void WriteTable(TextWriter output, IReadOnlyList<ComparisonMean> means)
    {
        foreach (IGrouping<(string Workload, string Scenario), ComparisonMean> block in means.GroupBy(m => (m.Workload, m.Scenario)))
        {
            output.WriteLine();
            output.WriteLine($"{block.Key.Workload}, {block.Key.Scenario}, mean of {block.First().Runs} seeds");
            output.WriteLine("policy             completed   utility  U/bound      QoE   edge  cloud   late  dropped");
            foreach (ComparisonMean m in block)
            {
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{m.Policy,-18} {100 * m.Completion,7:F1} % {m.Utility,9:F0}   {m.UtilityOverBound:F4} {m.Qoe,8:F0}  {100 * m.Edge,5:F1}  {100 * m.Cloud,5:F1}  {100 * m.Late,5:F1}    {100 * m.Dropped,5:F1}"));
            }
        }
    }
}
