using Sensing.Configuration;
using Sensing.Dashboards.Options;
using Sensing.Standalone.Commands;

namespace Sensing.Standalone.Hosting;

/// <summary>Where the pages' map shows the nodes of a standalone.</summary>
internal static class MapPlaces
{
    /// <summary>The user's file, or a place for the made-up road: the bridge of the method's paper (arXiv 2410.16278). A user's own
    /// recording has no place unless the file gives one.</summary>
    public static ConfigurationResult<DashboardOptions> Of(StandaloneSettings settings) =>
        settings.PlacesFile is { } file ? DashboardOptionsFile.Read(new FileInfo(file))
        : settings.Recording is null && settings.NodeFile is null ? new ConfigurationResult<DashboardOptions>(MadeUpRoad, [])
        : new ConfigurationResult<DashboardOptions>(DashboardOptions.Default, []);

    private static DashboardOptions MadeUpRoad { get; } = new()
    {
        Nodes =
        [
            new NodePlace
            {
                Site = NodeFileText.Site, Node = NodeFileText.Node, Label = "Made-up road, drawn at Åstfjord bridge", Latitude = 63.34, Longitude = 9.32,
            },
        ],
    };
}
