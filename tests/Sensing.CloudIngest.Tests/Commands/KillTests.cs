using System.Globalization;
using MQTTnet;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Store;
using Sensing.CloudIngest.Store.Sqlite;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Events;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Commands;

/// <summary>The process killed under load, again and again: every event is in the store once, and in order within its stream.</summary>
[TimeLimit(minutes: 5, reason: "Ten kills and starts take half a minute on two idle cores.")]
public class KillTests
{
    /// <summary>Ten kills take some seconds a test; SENSING_TEST_KILLS asks for more.</summary>
    private static readonly int Kills = int.TryParse(Environment.GetEnvironmentVariable("SENSING_TEST_KILLS"), out int kills) ? kills : 10;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_with_its_own_broker_it_loses_and_doubles_nothing()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["cloud.json"], "{}", Cancel);
        int port = LoopbackPort.Free();
        SensorEvent[] events = Events(Kills * 250);
        var publisher = new SteadyPublisher(events, port);
        var random = new Random(20260102);
        var up = new TaskCompletionSource();
        Task publishing = publisher.RunAsync(() => up.Task, Cancel);

        for (int kill = 0; ; kill++)
        {
            await using ProgramProcess program = Run(folder, $"mqtt.embedded.port={port}");
            await program.WaitForLineAsync("The query API is at", Cancel);
            up.SetResult();
            if (kill == Kills)
            {
                await publishing;
                program.Interrupt();
                Assert.Equal(0, await program.ExitAsync(Cancel));
                break;
            }

            await publisher.WaitAsync(random.Next(1, 200), Cancel);
            up = new TaskCompletionSource();
            program.Kill();
            await program.ExitAsync(Cancel);
        }

        await CheckAsync(folder, events, $"{Kills} kills, {publisher.Connections} connections, {publisher.Repeats} sent again");
    }

    [Fact]
    public async Task Killed_as_the_bridge_of_another_broker_it_loses_and_doubles_nothing()
    {
        await using Mosquitto broker = await Mosquitto.StartAsync(Cancel);
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(
            folder["cloud.json"],
            string.Create(CultureInfo.InvariantCulture, $$"""{"mqtt":{"external":{"host":"127.0.0.1","port":{{broker.Port}},"receiveMaximum":100} } }"""), Cancel);
        SensorEvent[] events = Events(Kills * 250);
        var random = new Random(20260103);
        Task publishing = Task.CompletedTask;
        int position = 0;
        for (int kill = 0; ; kill++)
        {
            await using ProgramProcess program = Run(folder);
            string api = (await program.WaitForLineAsync(@"The query API is at (\S+)\.$", Cancel)).Groups[1].Value;
            using var http = new HttpClient { BaseAddress = new Uri(api) };
            await using LiveReader reader = await LiveReader.OpenAsync(http, $"?after={position}", null, Cancel);
            if (kill == 0)
            {
                // From the first connection on the broker keeps for the bridge what it has not acknowledged.
                await WaitUntilReadyAsync(http);
                publishing = new SteadyPublisher(events, broker.Port).RunAsync(() => Task.CompletedTask, Cancel);
            }

            int count = kill == Kills ? events.Length : random.Next(1, 200);
            for (int i = 0; i < count; i++)
            {
                position = int.Parse((await reader.NextAsync()).EventId!, CultureInfo.InvariantCulture);
                if (kill == Kills && await CountAsync(http) == events.Length)
                {
                    break;
                }
            }

            if (kill == Kills)
            {
                await publishing;
                program.Terminate();
                Assert.Equal(0, await program.ExitAsync(Cancel));
                break;
            }

            program.Kill();
            await program.ExitAsync(Cancel);
        }

        await CheckAsync(folder, events, $"{Kills} kills of the bridge");
    }

    private static ProgramProcess Run(TemporaryFolder folder, params string[] set) => ProgramProcess.Start(
        "cloud-ingest",
        ["run", folder["cloud.json"], .. new[] { $"store.path={folder["cloud.db"]}", "http.address=http://127.0.0.1:0" }.Concat(set).SelectMany(value => new[] { "--set", value })]);

    private static SensorEvent[] Events(int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => Sample.Other(
            $"{i:000000}", Sample.Noon.AddSeconds(i), stream: new StreamAddress("tunnel", "cabinet-1", i % 3 == 0 ? "fibre-a" : "fibre-b"))),
    ];

    private static async Task CheckAsync(TemporaryFolder folder, SensorEvent[] events, string what)
    {
        await using var store = new SqliteEventStore(new StoreOptions { Path = folder["cloud.db"] }, Sample.Catalogue, 1, TimeProvider.System);
        await store.OpenAsync(Cancel);
        IReadOnlyList<StoredEvent> stored = await Everything.OfAsync(store, Cancel);
        TestContext.Current.TestOutputHelper!.WriteLine($"{events.Length} events, {what}, {stored.Count} stored, {stored.Select(item => item.Event.Id).Distinct().Count()} ids.");

        Assert.Equal(events.Select(item => item.Id).Order(StringComparer.Ordinal), stored.Select(item => item.Event.Id).Order(StringComparer.Ordinal));
        foreach (IGrouping<StreamAddress, StoredEvent> stream in stored.GroupBy(item => item.Event.Source))
        {
            Assert.Equal(stream.Select(item => item.Event.Id).Order(StringComparer.Ordinal), stream.Select(item => item.Event.Id));
        }

        Assert.Equal(events.Length, (await store.ReadSeriesAsync(Cancel)).Sum(series => series.Count));
        Assert.Equal(
            events.Length, (await store.ReadRollupsAsync(new RollupQuery(SeriesFilter.All, RollupStep.Day, null, null, 100), Cancel)).Sum(item => item.Count));
        Assert.Empty(await store.ReadDeadLettersAsync(10, Cancel));
    }

    private static async Task WaitUntilReadyAsync(HttpClient http)
    {
        System.Net.HttpStatusCode status;
        do
        {
            using HttpResponseMessage response = await http.GetAsync("/readyz", Cancel);
            status = response.StatusCode;
        }
        while (status != System.Net.HttpStatusCode.OK);
    }

    private static async Task<long> CountAsync(HttpClient http)
    {
        using var streams = System.Text.Json.JsonDocument.Parse(await http.GetStringAsync("/api/v1/streams", Cancel));
        return streams.RootElement.EnumerateArray().SelectMany(stream => stream.GetProperty("types").EnumerateArray()).Sum(type => type.GetProperty("count").GetInt64());
    }
}
