using System.Net;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Store;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Events;

namespace Sensing.CloudIngest.Tests.Query;

/// <summary>The API's main paths over real HTTP and a real PostgreSQL.</summary>
public class PostgresQueryTests(PostgresDatabases databases)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_latest_roll_ups_streams_and_nodes_tell_what_is_there()
    {
        await using RunningCloud cloud = await StartAsync(await databases.CreateAsync(Cancel));
        SensorEvent[] vehicles = [.. Enumerable.Range(0, 5).Select(i => Sample.Vehicle(Sample.Noon.AddSeconds(i), speedKmh: 50 + (10 * i)))];
        await cloud.Store.AppendAsync(
            [.. vehicles.Select(item => Sample.Record(item)), new NodeStatusRecord("tunnel", "cabinet-1", Sample.StatusJson(), Sample.Noon)], [], Cancel);

        JsonElement first = await JsonAsync(cloud, $"/api/v1/events?order=desc&limit=3&type={Sample.VehicleType}&from=2026-01-02T12:00:00Z&to=2026-01-03T12:00:00Z");
        JsonElement second = await JsonAsync(cloud, $"/api/v1/events?order=desc&limit=3&cursor={first.GetProperty("next").GetString()}");
        Assert.Equal(
            vehicles.Reverse().Select(item => item.Id),
            first.GetProperty("items").EnumerateArray().Concat(second.GetProperty("items").EnumerateArray()).Select(item => item.GetProperty("id").GetString()));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
        JsonElement latest = Assert.Single((await JsonAsync(cloud, "/api/v1/events/latest")).GetProperty("items").EnumerateArray());
        Assert.Equal(vehicles[4].Id, latest.GetProperty("id").GetString());
        JsonElement rollup = Assert.Single((await JsonAsync(cloud, "/api/v1/rollups?step=1h")).GetProperty("items").EnumerateArray());
        Assert.Equal((5, 70), (rollup.GetProperty("count").GetInt32(), rollup.GetProperty("speedKmh").GetProperty("mean").GetDouble()));
        Assert.Equal(5, Assert.Single((await JsonAsync(cloud, "/api/v1/streams")).EnumerateArray()).GetProperty("types")[0].GetProperty("count").GetInt32());
        Assert.Equal("cabinet-1", Assert.Single((await JsonAsync(cloud, "/api/v1/nodes")).EnumerateArray()).GetProperty("node").GetString());
        Assert.Equal(HttpStatusCode.OK, (await cloud.Http.GetAsync("/readyz", Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_live_reader_of_one_process_gets_what_another_one_stores()
    {
        PostgresOptions database = await databases.CreateAsync(Cancel);
        await using RunningCloud writing = await StartAsync(database);
        await using RunningCloud reading = await StartAsync(database);
        await using LiveReader reader = await LiveReader.OpenAsync(reading.Http, "", null, Cancel);

        await writing.Store.AppendAsync([Sample.Record(Sample.Vehicle(Sample.Noon))], [], Cancel);

        SseItem<string> item = await reader.NextAsync();
        Assert.True(CloudEventJson.TryRead(Encoding.UTF8.GetBytes(item.Data), Sample.Catalogue, out SensorEvent? read, out _));
        Assert.Equal(Sample.Vehicle(Sample.Noon), read);
    }

    private static Task<RunningCloud> StartAsync(PostgresOptions database) => RunningCloud.StartAsync(
        Cancel, options => options with { Store = new StoreOptions { Postgres = database }, Limits = options.Limits with { HeartbeatSeconds = 0.5 } });

    private static async Task<JsonElement> JsonAsync(RunningCloud cloud, string path)
    {
        using JsonDocument document = JsonDocument.Parse(await cloud.Http.GetStringAsync(path, Cancel));
        return document.RootElement.Clone();
    }
}
