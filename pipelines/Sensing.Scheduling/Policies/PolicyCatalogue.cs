using Sensing.Scheduling.PlanAhead;

namespace Sensing.Scheduling.Policies;

/// <summary>Every policy by name, each a line. A new policy joins the tables, the command and the conformance suite here.</summary>
public static class PolicyCatalogue
{
    private static readonly Func<SchedulingPolicy>[] Policies =
    [
        () => new EdfPolicy(),
        () => new HpfPolicy(),
        () => new SjfPolicy(),
        () => new CloudOnlyPolicy(),
        () => new EdgeCloudEdfPolicy(),
        () => new EdgeCloudSjfPolicy(),
        () => new KalmiaD3Policy(),
        () => new DedasPolicy(),
        () => new DemPolicy(),
        () => new DemAllPolicy(),
        () => new DemsPolicy(),
        () => new DemsAPolicy(),
        () => new GemsPolicy(),
        () => new PlanAheadPolicy(),
        () => new PlanAheadPolicy(PlanAheadOptions.Default with { QoeWeight = 300 }),
    ];

    /// <summary>In the order of tables: baselines first.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Policies.Select(make => make().Name)];

    /// <summary>A fresh policy; null if there is none of this name.</summary>
    public static SchedulingPolicy? Create(string name)
    {
        for (int i = 0; i < Policies.Length; i++)
        {
            if (string.Equals(Names[i], name, StringComparison.OrdinalIgnoreCase))
            {
                return Policies[i]();
            }
        }

        return null;
    }
}
