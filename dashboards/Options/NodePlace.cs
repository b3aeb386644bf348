using Sensing.Configuration;
using Sensing.Events;

namespace Sensing.Dashboards.Options;

/// <summary>Location of one node.</summary>
public sealed record NodePlace : ICheckedOptions
{
    [Option("Site of the node, as in its events' source.", Required = true, Example = "\"astfjord\"")]
    public string Site { get; init; } = "";

    [Option("Node, as in its events' source.", Required = true, Example = "\"cabinet-1\"")]
    public string Node { get; init; } = "";

    [Option("Label on the pages; absent: the node's own name.", Max = 80, Example = "\"Åstfjord bridge, north cabinet\"")]
    public string? Label { get; init; }

    [Option("Latitude, degrees north (WGS 84).", Required = true, Min = -85, Max = 85)]
    public double Latitude { get; init; }

    [Option("Longitude, degrees east (WGS 84).", Required = true, Min = -180, Max = 180)]
    public double Longitude { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ConfigurationProblem> Check()
    {
        if (!StreamAddress.IsName(Site))
        {
            yield return new ConfigurationProblem("site", $"'{Site}' must be 1 to 64 of a-z, 0-9 and '-', not '-' first");
        }

        if (!StreamAddress.IsName(Node))
        {
            yield return new ConfigurationProblem("node", $"'{Node}' must be 1 to 64 of a-z, 0-9 and '-', not '-' first");
        }
    }
}
