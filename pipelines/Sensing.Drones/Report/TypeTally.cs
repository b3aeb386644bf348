using Sensing.Drones.Events;
using Sensing.Drones.Live;

namespace Sensing.Drones.Report;

/// <summary>What became of one type's tasks in a period.</summary>
internal sealed record TypeTally
{
    /// <summary>Times that are kept for a percentile.</summary>
    private const int Kept = 2048;

    public int Done { get; set; }

    public int Late { get; set; }

    public int Failed { get; set; }

    public int Dropped { get; set; }

    public int Stolen { get; set; }

    public int Migrated { get; set; }

    public int OnEdge { get; set; }

    public int EdgeDone { get; set; }

    public int InCloud { get; set; }

    public int SharedRuns { get; set; }

    public long Utility { get; set; }

    public double? EdgeBelievedMs { get; set; }

    public double? CloudBelievedMs { get; set; }

    public List<double> EdgeMs { get; init; } = [];

    public List<double> CloudMs { get; init; } = [];

    public SortedDictionary<string, int> Variants { get; init; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, double> Profiled { get; init; } = new(StringComparer.Ordinal);

    public int Ended => Done + Late + Failed + Dropped;

    public void Add(TaskResult result)
    {
        _ = result.Fate switch
        {
            TaskFate.Done => Done++,
            TaskFate.Late => Late++,
            TaskFate.Failed => Failed++,
            _ => Dropped++,
        };
        Stolen += result.Stolen ? 1 : 0;
        Migrated += result.Migrated ? 1 : 0;
        Utility += result.Utility;
        SharedRuns += result.SharedRun ? 1 : 0;
        if (result.Place == TaskPlace.Edge)
        {
            OnEdge++;
            EdgeDone += result.Fate == TaskFate.Done ? 1 : 0;
            EdgeBelievedMs = result.BelievedMs ?? EdgeBelievedMs;
            Keep(EdgeMs, result.RanMs);
            if (result.Variant is { } variant)
            {
                Variants[variant] = Variants.GetValueOrDefault(variant) + 1;
                if (result.ProfiledMs is { } profiled)
                {
                    Profiled[variant] = profiled;
                }
            }
        }
        else if (result.Place == TaskPlace.Cloud)
        {
            InCloud++;
            CloudBelievedMs = result.BelievedMs ?? CloudBelievedMs;
            Keep(CloudMs, result.RanMs);
        }
    }

    /// <summary>95th percentile; null of none.</summary>
    public static double? Percentile95(List<double> times)
    {
        double[] sorted = [.. times.Order()];
        return sorted.Length == 0 ? null : sorted[(int)Math.Ceiling(0.95 * sorted.Length) - 1];
    }

    private static void Keep(List<double> times, double? time)
    {
        if (time is { } ms && times.Count < Kept)
        {
            times.Add(ms);
        }
    }
}
