using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Store;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Das.Events;
using Sensing.Events;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Store;

/// <summary>Stores of an earlier version are opened with what is in them, and written on.</summary>
public sealed class OldStoreTests(PostgresDatabases databases) : IDisposable
{
    /// <summary>After the last arrival in the stores.</summary>
    private static readonly DateTimeOffset Later = new(2026, 11, 30, 20, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("store.db")]
    [InlineData("store.sql")]
    public async Task The_query_API_answers_as_the_program_that_wrote_the_store(string file)
    {
        StoreOptions options = await RestoreAsync(file);
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel, all => all with { Store = options });

        JsonObject expected = Answers(file);
        await CheckAsync("events", "/api/v1/events?limit=500", "items");
        await CheckAsync("latest", "/api/v1/events/latest", "items");
        await CheckAsync("streams", "/api/v1/streams");
        await CheckAsync("nodes", "/api/v1/nodes");
        foreach ((string step, JsonNode? rollups) in expected["rollups"]!.AsObject())
        {
            Assert.Equal(rollups!.ToJsonString(), (await JsonAsync($"/api/v1/rollups?step={step}"))["items"]!.ToJsonString());
        }

        IReadOnlyList<StoredDeadLetter> letters = await cloud.Store.ReadDeadLettersAsync(10, Cancel);
        Assert.Equal(2, letters.Count);
        Assert.All(letters, letter => Assert.StartsWith("the data are no sensing.das.vehicle.v1: ", letter.Record.Reason, StringComparison.Ordinal));

        async Task CheckAsync(string name, string path, string? member = null)
        {
            JsonNode answer = await JsonAsync(path);
            Assert.Equal(expected[name]!.ToJsonString(), (member is null ? answer : answer[member]!).ToJsonString());
        }

        async Task<JsonNode> JsonAsync(string path) => JsonNode.Parse(await cloud.Http.GetStringAsync(path, Cancel))!;
    }

    [Theory]
    [InlineData("store.db")]
    [InlineData("store.sql")]
    public async Task Roll_ups_retention_and_repeats_go_on_where_they_were(string file)
    {
        var time = new FakeTimeProvider(Later);
        await using IEventStore store = EventStores.Create(await RestoreAsync(file), Sample.Catalogue, new LimitOptions(), time);
        await store.OpenAsync(Cancel);
        StoredEvent[] before = [.. await Everything.OfAsync(store, Cancel)];
        var road = new StreamAddress("site", "node", "road");
        RollupMeasure was = await SpeedAsync(store, road);

        AppendResult result = await store.AppendAsync(
            [
                Sample.Record(before[0].Event, Later),
                Sample.Record(Sample.Vehicle(before[0].Event.Time.AddMilliseconds(1), speedKmh: 200, stream: road), Later),
            ], [], Cancel);

        Assert.Equal((1, 1), (result.Added, result.Repeated));
        RollupMeasure speed = await SpeedAsync(store, road);
        Assert.Equal(new RollupMeasure("speedKmh", was.Count + 1, was.Sum + 200, was.Min, 200), speed);

        // Ten hours after their arrival the tiles go, as the type asks for; everything else stays.
        Assert.Equal(3, (await store.SweepAsync(Cancel)).Expired);
        SensorEvent[] left = [.. (await Everything.OfAsync(store, Cancel)).Select(item => item.Event)];
        Assert.Equal(before.Length + 1 - 3, left.Length);
        Assert.DoesNotContain(left, item => item.Type == DasEvents.Waterfall.Name);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<RollupMeasure> SpeedAsync(IEventStore store, StreamAddress stream)
    {
        var query = new RollupQuery(new SeriesFilter([stream.Source], [Sample.VehicleType]), RollupStep.Day, null, null, 1);
        return Assert.Single((await store.ReadRollupsAsync(query, Cancel))[0].Measures);
    }

    private static JsonObject Answers(string file)
    {
        using Stream answers = Fixture.Open($"{file}.answers.json");
        return JsonNode.Parse(answers)!.AsObject();
    }

    private async Task<StoreOptions> RestoreAsync(string file)
    {
        await using Stream content = Fixture.Open(file);
        if (file == "store.db")
        {
            await using FileStream copy = File.Create(_folder[file]);
            await content.CopyToAsync(copy, Cancel);
            return new StoreOptions { Path = _folder[file] };
        }

        PostgresOptions database = await databases.CreateAsync(Cancel);
        using var reader = new StreamReader(content);
        await databases.ExecuteAsync(database.Database, await reader.ReadToEndAsync(Cancel), Cancel);
        return new StoreOptions { Postgres = database };
    }
}
