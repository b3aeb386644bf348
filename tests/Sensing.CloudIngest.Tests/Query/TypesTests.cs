using System.Text.Json;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Das.Events;
using Sensing.Events;

namespace Sensing.CloudIngest.Tests.Query;

/// <summary>What the API derives from the event catalogue.</summary>
public class TypesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Families_are_listed_with_their_types()
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel, catalogue: new EventCatalogue(DasEvents.Family, WeatherEvents.Family));

        JsonElement[] families = [.. (await JsonAsync(cloud, "/api/v1/types")).EnumerateArray()];

        Assert.Equal(["das", "node", "weather"], families.Select(family => family.GetProperty("name").GetString()));
        // Not its text: how the sign of a degree is escaped is the writer's affair.
        JsonElement weather = JsonElement.Parse(
            """{"name":"weather","title":"Weather","types":[{"type":"sensing.weather.observation.v1","title":"Observation","priority":"fact","retentionHours":48,"measures":[{"property":"temperatureC","title":"Temperature","unit":"°C"},{"property":"windMs","title":"Wind","unit":"m/s"}],"summary":"The weather was observed."}]}""");
        Assert.True(JsonElement.DeepEquals(weather, families[2]), families[2].GetRawText());
        Assert.Equal(
            DasEvents.Family.Types.Select(type => (type.Name.ToString(), (type.Retention ?? TimeSpan.FromDays(365)).TotalHours)),
            families[0].GetProperty("types").EnumerateArray()
                .Select(type => (type.GetProperty("type").GetString()!, type.GetProperty("retentionHours").GetDouble())));
    }

    [Fact]
    public async Task Retention_is_the_one_of_this_store()
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(
            Cancel,
            options => options with { Store = options.Store with { Retention = [new RetentionOptions { Type = "sensing.weather.*", Hours = 5 }] } },
            catalogue: new EventCatalogue(WeatherEvents.Family));

        JsonElement[] families = [.. (await JsonAsync(cloud, "/api/v1/types")).EnumerateArray()];

        Assert.Equal(5, families[1].GetProperty("types")[0].GetProperty("retentionHours").GetDouble());
        Assert.Equal(JsonValueKind.Null, families[0].GetProperty("types")[0].GetProperty("retentionHours").ValueKind);
    }

    [Fact]
    public async Task Roll_ups_have_one_object_for_each_measure_and_the_description_names_them()
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel, catalogue: new EventCatalogue(WeatherEvents.Family));
        await cloud.Store.AppendAsync(
        [
            Sample.Record(WeatherEvents.Observation.Create(Sample.Stream, Sample.Noon, "", new WeatherObservation(10, 3))),
            Sample.Record(WeatherEvents.Observation.Create(Sample.Stream, Sample.Noon.AddSeconds(1), "", new WeatherObservation(20))),
        ], [], Cancel);

        JsonElement rollup = Assert.Single((await JsonAsync(cloud, "/api/v1/rollups?step=1m")).GetProperty("items").EnumerateArray());

        Assert.Equal("""{"count":2,"mean":15,"min":10,"max":20}""", rollup.GetProperty("temperatureC").GetRawText());
        Assert.Equal("""{"count":1,"mean":3,"min":3,"max":3}""", rollup.GetProperty("windMs").GetRawText());

        JsonElement schemas = (await JsonAsync(cloud, "/openapi/v1.json")).GetProperty("components").GetProperty("schemas");
        JsonElement described = schemas.GetProperty("RollupDocument").GetProperty("properties");
        Assert.Equal(rollup.EnumerateObject().Select(property => property.Name).Order(), described.EnumerateObject().Select(property => property.Name).Order());
        Assert.Equal("#/components/schemas/RollupMeasureDocument", described.GetProperty("windMs").GetProperty("$ref").GetString());
        Assert.Equal(
            ["count", "max", "mean", "min"],
            schemas.GetProperty("RollupMeasureDocument").GetProperty("properties").EnumerateObject().Select(property => property.Name).Order());
    }

    private static async Task<JsonElement> JsonAsync(RunningCloud cloud, string path)
    {
        using JsonDocument document = JsonDocument.Parse(await cloud.Http.GetByteArrayAsync(path, Cancel));
        return document.RootElement.Clone();
    }
}
