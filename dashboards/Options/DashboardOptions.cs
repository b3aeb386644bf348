using Sensing.Configuration;

namespace Sensing.Dashboards.Options;

/// <summary>What the pages cannot learn from events: locations and labels of nodes.</summary>
public sealed record DashboardOptions
{
    public static DashboardOptions Default { get; } = new();

    [Option("Locations of nodes. A node that is not named here is listed, and is not on the map.", Max = 10_000)]
    public NodePlace[] Nodes { get; init; } = [];
}
