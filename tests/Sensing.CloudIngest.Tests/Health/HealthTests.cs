using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using MQTTnet;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Health;

/// <summary>What the health checks say when a part does not work.</summary>
public class HealthTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sound_tier_is_live_and_ready_and_names_every_part()
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel);

        (HttpStatusCode live, _) = await CheckAsync(cloud, "/health/live");
        (HttpStatusCode ready, IReadOnlyDictionary<string, string?> checks) = await CheckAsync(cloud, "/health/ready");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (live, ready));
        Assert.All(["log", "flow", "intake", "store.write", "store.read"], name => Assert.Null(checks[name]));
    }

    [Fact]
    public async Task A_store_that_cannot_write_is_not_ready_although_nothing_has_come_in()
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel);
        cloud.Store.Fail(1);

        (HttpStatusCode broken, IReadOnlyDictionary<string, string?> checks) = await CheckAsync(cloud, "/health/ready");
        (HttpStatusCode mended, _) = await CheckAsync(cloud, "/health/ready");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (broken, mended));
        Assert.Contains("the disk is full", checks["store.write"], StringComparison.Ordinal);
        Assert.Null(checks["store.read"]);
    }

    [Fact]
    public async Task A_store_that_hangs_is_told_as_not_answering()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel, time: time);
        cloud.Store.Close();

        Task<(HttpStatusCode Status, IReadOnlyDictionary<string, string?> Checks)> asking = CheckAsync(cloud, "/health/ready");
        await cloud.Store.Entered.WaitAsync(Cancel);
        time.Advance(TimeSpan.FromSeconds(4));

        (HttpStatusCode status, IReadOnlyDictionary<string, string?> checks) = await asking;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("does not answer", checks["store.write"], StringComparison.Ordinal);
        cloud.Store.Open();
    }

    [Fact]
    public async Task Messages_that_wait_without_a_word_make_the_process_not_live_and_a_store_that_says_why_does_not()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using RunningCloud cloud = await RunningCloud.StartAsync(
            Cancel, options => options with { Limits = options.Limits with { StallSeconds = 60 } }, time: time);
        cloud.Store.Close();
        using IMqttClient client = await Mqtt.ConnectAsync(cloud.MqttPort, Cancel);
        Task published = client.PublishAsync(Mqtt.Message(Sample.Vehicle(Sample.Noon)), Cancel);
        await cloud.Store.Entered.WaitAsync(Cancel);

        time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(HttpStatusCode.OK, (await CheckAsync(cloud, "/health/live")).Status);
        time.Advance(TimeSpan.FromSeconds(2));
        (HttpStatusCode stalled, IReadOnlyDictionary<string, string?> checks) = await CheckAsync(cloud, "/health/live");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, stalled);
        Assert.Contains("61 s", checks["flow"], StringComparison.Ordinal);

        cloud.Store.Open();
        await published;
        Assert.Equal(HttpStatusCode.OK, (await CheckAsync(cloud, "/health/live")).Status);
    }

    [Fact]
    public async Task A_broker_that_cannot_be_reached_is_named_and_the_rest_is_sound()
    {
        int port = LoopbackPort.Free();
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel, options => options with
        {
            Mqtt = new MqttOptions { External = new ExternalBrokerOptions { Host = "127.0.0.1", Port = port } },
        });

        (HttpStatusCode ready, IReadOnlyDictionary<string, string?> checks) = await CheckAsync(cloud, "/health/ready");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready);
        Assert.Contains("MQTT broker", checks["intake"], StringComparison.Ordinal);
        Assert.All(["log", "flow", "store.write", "store.read"], name => Assert.Null(checks[name]));
        Assert.Equal(HttpStatusCode.OK, (await CheckAsync(cloud, "/health/live")).Status);
    }

    private static async Task<(HttpStatusCode Status, IReadOnlyDictionary<string, string?> Checks)> CheckAsync(RunningCloud cloud, string path)
    {
        using HttpResponseMessage response = await cloud.Http.GetAsync(path, Cancel);
        using JsonDocument document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel));
        var checks = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (JsonElement check in document.RootElement.GetProperty("checks").EnumerateArray())
        {
            string? problem = check.GetProperty("problem").GetString();
            string name = check.GetProperty("name").GetString()!;
            checks[name] = problem ?? checks.GetValueOrDefault(name);
        }

        Assert.Equal(document.RootElement.GetProperty("problems").GetArrayLength() == 0 ? "ok" : "failing", document.RootElement.GetProperty("status").GetString());
        return (response.StatusCode, checks);
    }
}
