using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using MQTTnet;
using MQTTnet.Protocol;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Events;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Compose;

/// <summary>The chain of the compose file without its containers: the real servers with the shipped configurations and certificates.</summary>
[TimeLimit(minutes: 4, reason: "Starts Mosquitto, Kafka and PostgreSQL as shipped.")]
public partial class ShippedChainTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_go_through_every_server_as_shipped_with_TLS_on_each_way_and_after_a_renewal()
    {
        using ShippedCompose shipped = await ShippedCompose.PrepareAsync(Cancel, "cabinet-1");
        await using Mosquitto mosquitto = await shipped.StartMosquittoAsync("mosquitto.conf", Cancel);
        await using KafkaBroker kafka = await StartKafkaAsync(shipped);
        await using PostgresServer postgres = await PostgresServer.StartWithTlsAsync(shipped["ca.pem"], shipped["postgres.pem"], shipped["postgres.key"], Cancel);
        string database = await postgres.CreateDatabaseAsync(Cancel);
        await File.WriteAllTextAsync(shipped["cloud.json"], shipped.Text("cloud.json"), Cancel);
        // Where the servers are is all that differs; the role is one that this PostgreSQL asks for its password.
        await using ProgramProcess program = ProgramProcess.Start("cloud-ingest",
        [
            "run", shipped["cloud.json"],
            .. new[]
            {
                "mqtt.external.host=127.0.0.1", $"mqtt.external.port={mosquitto.Port}", $"kafka.bootstrapServers={kafka.Servers}", "store.postgres.host=127.0.0.1",
                $"store.postgres.port={postgres.Port}", $"store.postgres.database={database}", $"store.postgres.user={PostgresServer.CheckedUser}",
                $"store.postgres.passwordFile={postgres.PasswordFile}", "http.address=http://127.0.0.1:0",
            }.SelectMany(value => new[] { "--set", value }),
        ]);
        using var http = new HttpClient { BaseAddress = new Uri((await program.WaitForLineAsync(@"The query API is at (\S+)\.$", Cancel)).Groups[1].Value) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", await File.ReadAllTextAsync(shipped["api-keys"], Cancel));
        while (!(await http.GetAsync("/health/ready", Cancel)).IsSuccessStatusCode)
        {
            // Readiness is only told when asked.
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancel);
        }

        using IMqttClient node = await shipped.ConnectAsync(mosquitto, "cabinet-1", Cancel);
        SensorEvent item = Sample.Vehicle(Sample.Noon);
        using HttpResponseMessage live = await http.GetAsync("/api/v1/live?after=0", HttpCompletionOption.ResponseHeadersRead, Cancel);
        using var lines = new StreamReader(await live.Content.ReadAsStreamAsync(Cancel));
        await PassAsync(node, item, lines, program);

        JsonElement page = await http.GetFromJsonAsync<JsonElement>($"/api/v1/events?type={item.Type}", Cancel);
        Assert.Equal(item.Id, page.GetProperty("items").EnumerateArray().Single().GetProperty("id").GetString());
        HashSet<string> documented = MetricNames.Documented();
        string[] served = [.. PrometheusText.Parse(await http.GetStringAsync("/metrics", Cancel)).Keys
            .Select(name => MetricNames.Instrument(name)).Where(name => name.StartsWith("sensing_", StringComparison.Ordinal)).Distinct()];
        Assert.Contains("sensing_kafka_delivered_total", served);
        Assert.Empty(served.Except(documented));

        await shipped.RunAsync(["--renew", "cloud-ingest"], Cancel);
        string[] renewed = [await RenewedAsync(program), await RenewedAsync(program)];
        Assert.Equal(["producer", "sink's client"], renewed.Order());
        await PassAsync(node, Sample.Vehicle(Sample.Noon.AddMinutes(1)), lines, program);
    }

    /// <summary>Publishes <paramref name="item"/> and waits until the live feed has it.</summary>
    private static async Task PassAsync(IMqttClient node, SensorEvent item, StreamReader lines, ProgramProcess program)
    {
        Assert.Equal(MqttClientPublishReasonCode.Success, (await node.PublishAsync(Mqtt.Message(item), Cancel)).ReasonCode);
        string line;
        do
        {
            line = await lines.ReadLineAsync(Cancel) ?? throw new IOException(program.Output);
        }
        while (!line.StartsWith("data:", StringComparison.Ordinal) || !line.Contains(item.Id, StringComparison.Ordinal));
    }

    private static async Task<string> RenewedAsync(ProgramProcess program) =>
        (await program.WaitForLineAsync("settings for Kafka have changed: replacing the (.+)\\.$", Cancel)).Groups[1].Value;

    /// <summary>A broker with every setting of the shipped configuration but where it listens and keeps its data.</summary>
    private static async Task<KafkaBroker> StartKafkaAsync(ShippedCompose shipped)
    {
        Directory.CreateDirectory(shipped["kafka"]);
        File.Copy(shipped["kafka.pem"], Path.Combine(shipped["kafka"], "server.pem"));
        File.Copy(shipped["ca.pem"], Path.Combine(shipped["kafka"], "ca.pem"));
        string[] settings = [.. shipped.Text(Path.Combine("kafka", "server.properties")).Split('\n').Where(line => line.Contains('=', StringComparison.Ordinal) && !Place().IsMatch(line))];
        Assert.Contains("ssl.client.auth=required", settings);
        return await KafkaBroker.StartAsync(Cancel, brokers: 1, shipped["kafka"], settings);
    }

    [GeneratedRegex("^(node.id|controller.quorum.voters|listeners|advertised.listeners|log.dirs)=")]
    private static partial Regex Place();
}
