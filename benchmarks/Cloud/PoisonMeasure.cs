using System.Text.Json.Nodes;
using MQTTnet;
using Sensing.CloudIngest;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Store;
using Sensing.Testing;
using Sensing.Testing.Delivery;

namespace Sensing.Benchmarks.Cloud;

/// <summary>Whether events that nobody can store stop those of others.</summary>
public sealed class PoisonMeasure : IMeasure
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    public string Name => "poison";

    public string Summary => "Good events among such as overflow, are no JSON to the database or no UTF-8: how many of each are stored, through SQLite, PostgreSQL, and Kafka with PostgreSQL.";

    public string Inputs => "--events 2000 (good ones, as many poisoned), --kafka mock|real; PostgreSQL is left out where it is not installed";

    public string Duration => "1 min";

    public async Task<JsonObject> RunAsync(MeasureOptions options, TextWriter output, CancellationToken cancellation)
    {
        int events = options.Whole("events", 2000);
        bool real = options.Text("kafka") is "real";
        options.NothingElse();
        var figures = new JsonObject();
        output.WriteLine($"{"chain",-18}{"good",8}{"stored",8}{"poisoned",10}{"dead letters",14}");
        await RunAsync("sqlite", null, null, events, output, figures, cancellation);
        if (PostgresServer.Missing is null)
        {
            await using PostgresServer server = await PostgresServer.StartAsync(cancellation);
            await RunAsync("postgres", server, null, events, output, figures, cancellation);
            await using KafkaBroker kafka = real ? await KafkaBroker.AnyAsync(cancellation) : KafkaBroker.Mock();
            await RunAsync("kafka_postgres", server, kafka, events, output, figures, cancellation);
        }

        return figures;
    }

    private static async Task RunAsync(
        string chain, PostgresServer? server, KafkaBroker? kafka, int events, TextWriter output, JsonObject figures, CancellationToken cancellation)
    {
        using var folder = new TemporaryFolder();
        int port = LoopbackPort.Free();
        PostgresOptions? database = server is null ? null
            : new PostgresOptions { Host = "127.0.0.1", Port = server.Port, Database = await server.CreateDatabaseAsync(cancellation), User = PostgresServer.User };
        var store = new JsonObject { ["path"] = folder["cloud.db"] };
        if (database is not null)
        {
            store["postgres"] = new JsonObject { ["host"] = database.Host, ["port"] = database.Port, ["database"] = database.Database, ["user"] = database.User };
        }

        var configuration = new JsonObject { ["mqtt"] = new JsonObject { ["embedded"] = new JsonObject { ["port"] = port } }, ["store"] = store };
        if (kafka is not null)
        {
            configuration["kafka"] = new JsonObject
            {
                ["bootstrapServers"] = kafka.Servers,
                ["topics"] = new JsonObject { ["prefix"] = KafkaBroker.NewPrefix(), ["create"] = kafka.HasController },
            };
        }

        await using CloudProcess cloud = await CloudProcess.CreateAsync(folder["cloud.json"], configuration, cancellation);
        await cloud.StartAsync(cancellation);
        using IMqttClient good = await Mqtt.ConnectAsync(port, cancellation);
        using IMqttClient hostile = await Mqtt.ConnectAsync(port, cancellation);
        for (int i = 0; i < events; i += 50)
        {
            await Task.WhenAll(Enumerable.Range(i, Math.Min(50, events - i)).SelectMany(number => new Task[]
            {
                hostile.PublishAsync(PoisonEvents.Poison(number), cancellation), good.PublishAsync(Mqtt.Message(PoisonEvents.Good(number)), cancellation),
            }));
        }

        using var http = new HttpClient { BaseAddress = await cloud.Up };
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        bound.CancelAfter(Longest);
        long stored = 0;
        while (!bound.IsCancellationRequested && (stored = await StoredAsync(http, cancellation)) < events)
        {
            // What a sink has stored is only known when asked.
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellation);
        }

        await cloud.StopAsync(cancellation);
        await using IEventStore opened = EventStores.Create(
            new StoreOptions { Path = folder["cloud.db"], Postgres = database }, CloudCatalogue.Create(), new LimitOptions(), TimeProvider.System);
        await opened.OpenAsync(cancellation);
        int letters = (await opened.ReadDeadLettersAsync(10 * events, cancellation)).Count;
        output.WriteLine($"{chain,-18}{events,8}{stored,8}{events,10}{letters,14}");
        figures[chain] = new JsonObject { ["events_good"] = events, ["stored_good"] = stored, ["poisoned"] = events, ["dead_letters"] = letters };
    }

    private static async Task<long> StoredAsync(HttpClient http, CancellationToken cancellation) =>
        JsonNode.Parse(await http.GetStringAsync("/api/v1/streams", cancellation))!.AsArray()
            .Where(stream => stream!["node"]!.GetValue<string>() == "good")
            .Sum(stream => stream!["types"]!.AsArray().Sum(type => type!["count"]!.GetValue<long>()));
}
