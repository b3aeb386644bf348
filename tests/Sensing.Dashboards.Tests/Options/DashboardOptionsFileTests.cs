using Sensing.Configuration;
using Sensing.Dashboards.Options;

namespace Sensing.Dashboards.Tests.Options;

public sealed class DashboardOptionsFileTests : IDisposable
{
    private readonly FileInfo _file = new(Path.GetTempFileName());

    public void Dispose() => _file.Delete();

    [Fact]
    public void Places_are_read_with_comments_and_trailing_commas()
    {
        ConfigurationResult<DashboardOptions> result = Read("""
            {
              // north side
              "nodes": [ { "site": "astfjord", "node": "cabinet-1", "label": "Åstfjord bridge", "latitude": 63.34, "longitude": 9.32 }, ],
            }
            """);

        Assert.Empty(result.Problems);
        Assert.Equal(new NodePlace { Site = "astfjord", Node = "cabinet-1", Label = "Åstfjord bridge", Latitude = 63.34, Longitude = 9.32 }, Assert.Single(result.Value!.Nodes));
    }

    [Fact]
    public void Every_mistake_is_named_with_its_place()
    {
        ConfigurationResult<DashboardOptions> result = Read("""
            { "nodes": [ { "site": "astfjord", "node": "cabinet-1", "latitude": 91, "longitud": 9.32 }, { "site": "A B", "node": "x", "latitude": 1, "longitude": 2 } ], "tiles": "x" }
            """);

        Assert.Equal(
            ["nodes[0].latitude", "nodes[0].longitud", "nodes[0].longitude", "nodes[1].site", "tiles"],
            result.Problems.Select(p => p.Path).Order(StringComparer.Ordinal));
        Assert.Null(result.Value);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{ \"nodes\": ")]
    public void What_is_no_object_is_refused_with_the_file_s_name(string text) =>
        Assert.Contains(_file.FullName, Assert.Single(Read(text).Problems).Message, StringComparison.Ordinal);

    [Fact]
    public void A_missing_file_is_refused() =>
        Assert.Single(DashboardOptionsFile.Read(new FileInfo(_file.FullName + ".none")).Problems);

    private ConfigurationResult<DashboardOptions> Read(string text)
    {
        File.WriteAllText(_file.FullName, text);
        return DashboardOptionsFile.Read(_file);
    }
}
