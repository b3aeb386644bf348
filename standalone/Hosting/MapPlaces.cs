using Sensing.Configuration;
using Sensing.Dashboards.Options;
using Sensing.Modules;
using Sensing.Standalone.Commands;

namespace Sensing.Standalone.Hosting;

/// <summary>Where the pages' map shows the nodes of a standalone.</summary>
internal static class MapPlaces
{
    /// <summary>The user's file, or the place of the demo stream. A user's own recording has no place unless the file gives one.</summary>
    public static ConfigurationResult<DashboardOptions> Of(ModuleCatalogue modules, StandaloneSettings settings) =>
        settings.PlacesFile is { } file ? DashboardOptionsFile.Read(new FileInfo(file))
        : new ConfigurationResult<DashboardOptions>(settings.Recording is null && settings.NodeFile is null ? Demo(modules) : DashboardOptions.Default, []);

    /// <summary>The node of the demo streams stands where the first of them that has a place does.</summary>
    private static DashboardOptions Demo(ModuleCatalogue modules) =>
        modules.Modules.SelectMany(module => module.Demos).Select(demo => demo.Place).FirstOrDefault(place => place is not null) is { } place
            ? new DashboardOptions
            {
                Nodes =
                [
                    new NodePlace
                    {
                        Site = NodeFileText.Site, Node = NodeFileText.Node, Label = place.Label, Latitude = place.Latitude, Longitude = place.Longitude,
                    },
                ],
            }
            : DashboardOptions.Default;
}
