using Sensing.Configuration;

namespace Sensing.Dashboards.Options;

/// <summary>What the pages cannot learn from events: where nodes stand and how they are called.</summary>
public sealed record DashboardOptions
{
    public static DashboardOptions Default { get; } = new();

    [Option("Where nodes stand. A node that is not named here is listed without a place on the map.", Max = 10_000)]
    public NodePlace[] Nodes { get; init; } = [];
}
