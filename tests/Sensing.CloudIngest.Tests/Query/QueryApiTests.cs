using System.IO.Compression;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Store;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Events;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Query;

/// <summary>The API over real HTTP.</summary>
public partial class QueryApiTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_are_cloud_events_with_arrival_and_flags_page_by_page()
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel);
        SensorEvent[] vehicles = [.. Enumerable.Range(0, 5).Select(i => Sample.Vehicle(Sample.Noon.AddSeconds(i)))];
        await AppendAsync(cloud, [.. vehicles.Select(item => new EventRecord(item, Sample.Noon.AddHours(1), Sample.Noon.AddHours(2)))]);

        var found = new List<JsonElement>();
        string? cursor = null;
        int pages = 0;
        do
        {
            JsonElement page = await JsonAsync(cloud, $"/api/v1/events?order=desc&limit=2&type={Sample.VehicleType}&source={Sample.Stream.Source}"
                + "&from=2026-01-02T12:00:00Z&to=2026-01-02T12:00:05Z" + (cursor is null ? "" : $"&cursor={cursor}"));
            found.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("next").GetString();
            pages++;
        }
        while (cursor is not null);

        Assert.Equal(3, pages);
        Assert.Equal(vehicles.Reverse().Select(item => item.Id), found.Select(item => item.GetProperty("id").GetString()));
        Assert.True(CloudEventJson.TryRead(JsonSerializer.SerializeToUtf8Bytes(found[0]), Sample.Catalogue, out SensorEvent? read, out _));
        Assert.Equal(vehicles[4], read);
        Assert.Equal("2026-01-02T14:00:00Z", found[0].GetProperty("arrival").GetString());
        Assert.Equal("2026-01-02T13:00:00Z", found[0].GetProperty("sensingcommitted").GetString());
        Assert.True(found[0].GetProperty("late").GetBoolean());
        Assert.False(found[0].TryGetProperty("future", out _));
    }

    [Fact]
    public async Task Streams_latest_and_roll_ups_tell_what_is_there()
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel);
        await AppendAsync(cloud,
            Sample.Record(Sample.Vehicle(Sample.Noon, speedKmh: 50)), Sample.Record(Sample.Vehicle(Sample.Noon.AddSeconds(1), speedKmh: 100)),
            Sample.Record(Sample.Other("a", Sample.Noon)));

        JsonElement stream = Assert.Single((await JsonAsync(cloud, "/api/v1/streams")).EnumerateArray());
        Assert.Equal((Sample.Stream.Source, "tunnel", "cabinet-1", "fibre-a"), (
            stream.GetProperty("source").GetString(), stream.GetProperty("site").GetString(), stream.GetProperty("node").GetString(), stream.GetProperty("stream").GetString()));
        JsonElement type = stream.GetProperty("types")[0];
        Assert.Equal((Sample.VehicleType, 2, "2026-01-02T12:00:01Z", "2026-01-02T12:00:02Z"), (
            type.GetProperty("type").GetString(), type.GetProperty("count").GetInt32(), type.GetProperty("lastTime").GetString(), type.GetProperty("lastArrival").GetString()));

        JsonElement latest = (await JsonAsync(cloud, $"/api/v1/events/latest?type={Sample.VehicleType}")).GetProperty("items");
        Assert.Equal(100, Assert.Single(latest.EnumerateArray()).GetProperty("data").GetProperty("speedKmh").GetDouble());

        JsonElement rollup = Assert.Single((await JsonAsync(cloud, $"/api/v1/rollups?step=15m&type={Sample.VehicleType}")).GetProperty("items").EnumerateArray());
        Assert.Equal(("2026-01-02T12:00:00Z", 2), (rollup.GetProperty("time").GetString(), rollup.GetProperty("count").GetInt32()));
        JsonElement speed = rollup.GetProperty("speedKmh");
        Assert.Equal((75, 50, 100), (speed.GetProperty("mean").GetDouble(), speed.GetProperty("min").GetDouble(), speed.GetProperty("max").GetDouble()));
    }

    [Theory]
    [InlineData("events?from=yesterday", "from", "RFC 3339")]
    [InlineData("events?from=2026-01-02T12:00:00Z&to=2026-01-02T12:00:00Z", "to", "after from")]
    [InlineData("events?from=2020-01-01T00:00:00Z&to=2026-01-02T12:00:00Z", "to", "shorter range")]
    [InlineData("events?limit=0", "limit", "1 to")]
    [InlineData("events?limit=1000000", "limit", "1 to")]
    [InlineData("events?limit=1&limit=2", "limit", "more than once")]
    [InlineData("events?order=up", "order", "asc")]
    [InlineData("events?cursor=abc", "cursor", "next")]
    [InlineData("events?cursor=ZmYuLTE", "cursor", "next")]
    [InlineData("events?sorce=x", "sorce", "source")]
    [InlineData("events/latest?source=fibre-a", "source", "/sites/")]
    [InlineData("events/latest?type=das", "type", "sensing.")]
    [InlineData("rollups", "step", "1m")]
    [InlineData("rollups?step=2m", "step", "15m")]
    [InlineData("live?after=-1", "after", "cursor")]
    [InlineData("nodes?site=a", "site", "known")]
    public async Task A_bad_parameter_is_named_with_what_to_do(string request, string name, string advice)
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel);

        using HttpResponseMessage response = await cloud.Http.GetAsync($"/api/v1/{request}", Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        using JsonDocument problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(400, problem.RootElement.GetProperty("status").GetInt32());
        Assert.Contains(advice, problem.RootElement.GetProperty("errors").GetProperty(name)[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_would_be_too_long_is_refused_with_advice()
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel, options => options with { Limits = options.Limits with { MaxRollupItems = 2 } });
        await AppendAsync(cloud, [.. Enumerable.Range(0, 3).Select(i => Sample.Record(Sample.Vehicle(Sample.Noon.AddMinutes(i))))]);

        using HttpResponseMessage response = await cloud.Http.GetAsync("/api/v1/rollups?step=1m", Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("longer step", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await cloud.Http.GetAsync("/api/v1/rollups?step=1h", Cancel)).StatusCode);
    }

    [Fact]
    public async Task The_open_api_document_names_every_path_and_parameter()
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel);

        JsonElement paths = (await JsonAsync(cloud, "/openapi/v1.json")).GetProperty("paths");

        Assert.Equal(
            ["/api/v1/events", "/api/v1/events/latest", "/api/v1/live", "/api/v1/nodes", "/api/v1/rollups", "/api/v1/streams", "/api/v1/types", "/health/live", "/health/ready", "/healthz", "/readyz"],
            paths.EnumerateObject().Select(path => path.Name).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["source", "type", "from", "to", "order", "limit", "cursor"],
            paths.GetProperty("/api/v1/events").GetProperty("get").GetProperty("parameters").EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task The_open_api_document_names_keys_operations_refusals_and_typed_limits()
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel, options => options with { Limits = options.Limits with { MaxPage = 777 } });

        JsonElement document = await JsonAsync(cloud, "/openapi/v1.json");

        Assert.Equal(["apiKey", "bearer"], document.GetProperty("components").GetProperty("securitySchemes").EnumerateObject().Select(scheme => scheme.Name).Order());
        JsonElement[] operations = [.. document.GetProperty("paths").EnumerateObject().Select(path => path.Value.GetProperty("get"))];
        Assert.Equal(operations.Length, operations.Select(operation => operation.GetProperty("operationId").GetString()).Distinct().Count());
        Assert.All(operations, operation => Assert.True(operation.TryGetProperty("security", out JsonElement keys) && keys.GetArrayLength() > 0));
        foreach (JsonProperty path in document.GetProperty("paths").EnumerateObject())
        {
            Assert.Equal(
                path.Name.StartsWith("/api/", StringComparison.Ordinal), path.Value.GetProperty("get").GetProperty("responses").TryGetProperty("401", out _));
        }

        JsonElement limit = document.GetProperty("paths").GetProperty("/api/v1/events").GetProperty("get").GetProperty("parameters")
            .EnumerateArray().Single(parameter => parameter.GetProperty("name").GetString() == "limit").GetProperty("schema");
        Assert.Equal("integer", limit.GetProperty("type").GetString());
        Assert.Equal((1, 777), (limit.GetProperty("minimum").GetInt32(), limit.GetProperty("maximum").GetInt32()));
    }

    [Fact]
    public async Task The_document_is_served_as_a_page_that_needs_nothing_from_elsewhere()
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel);

        using HttpResponseMessage page = await cloud.Http.GetAsync("/scalar/v1", Cancel);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        string text = await page.Content.ReadAsStringAsync(Cancel);
        Assert.DoesNotMatch("(src|href)=\"(https?:)?//", text);
        string policy = string.Join(' ', page.Headers.GetValues("Content-Security-Policy"));
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.Contains("connect-src 'self'", policy, StringComparison.Ordinal);
        string script = ScriptSource().Match(text).Groups[1].Value;
        Assert.NotEmpty(script);
        using HttpResponseMessage served = await cloud.Http.GetAsync(new Uri(page.RequestMessage!.RequestUri!, script), Cancel);
        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        Assert.True((await served.Content.ReadAsByteArrayAsync(Cancel)).Length > 1000);
    }

    [Fact]
    public async Task Answers_are_compressed_for_those_who_accept_it()
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel);
        await AppendAsync(cloud, [.. Enumerable.Range(0, 200).Select(i => Sample.Record(Sample.Vehicle(Sample.Noon.AddSeconds(i))))]);

        byte[] plain = await cloud.Http.GetByteArrayAsync("/api/v1/events", Cancel);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events");
        request.Headers.AcceptEncoding.ParseAdd("gzip");
        using HttpResponseMessage answer = await cloud.Http.SendAsync(request, Cancel);

        Assert.Equal(["gzip"], answer.Content.Headers.ContentEncoding);
        byte[] packed = await answer.Content.ReadAsByteArrayAsync(Cancel);
        Assert.True(packed.Length < plain.Length / 5, $"{packed.Length} of {plain.Length} bytes");
        using var read = new MemoryStream();
        await using (var unpacked = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress))
        {
            await unpacked.CopyToAsync(read, Cancel);
        }

        Assert.Equal(plain, read.ToArray());
    }

    [Fact]
    public async Task Ready_means_that_the_store_takes_events()
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel);
        Assert.Equal(HttpStatusCode.OK, (await cloud.Http.GetAsync("/readyz", Cancel)).StatusCode);

        Task secondTry = cloud.Store.FailAndClose();
        using MQTTnet.IMqttClient client = await Mqtt.ConnectAsync(cloud.MqttPort, Cancel);
        Task published = client.PublishAsync(Mqtt.Message(Sample.Vehicle(Sample.Noon)), Cancel);

        // Its second try is held up: by now it knows that the first one failed.
        await secondTry.WaitAsync(Cancel);

        using HttpResponseMessage failing = await cloud.Http.GetAsync("/readyz", Cancel);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, failing.StatusCode);
        Assert.Contains("the disk is full", await failing.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await cloud.Http.GetAsync("/healthz", Cancel)).StatusCode);

        cloud.Store.Open();
        await published;
        Assert.Equal(HttpStatusCode.OK, (await cloud.Http.GetAsync("/readyz", Cancel)).StatusCode);
    }

    [Fact]
    public async Task With_a_key_file_only_its_keys_read_and_health_stays_open()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["keys"], "# readers\nfirst-key # of the dashboard\nsecond-key\n");
        await using RunningCloud cloud = await RunningCloud.StartAsync(
            Cancel, options => options with { Http = options.Http with { ApiKeyFile = folder["keys"] } });

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(cloud, null, null));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(cloud, "X-Api-Key", "# readers"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(cloud, "Authorization", "Bearer first"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(cloud, "Authorization", "Bearer first-key"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(cloud, "X-Api-Key", "second-key"));
        Assert.Equal(HttpStatusCode.OK, (await cloud.Http.GetAsync("/healthz", Cancel)).StatusCode);

        File.WriteAllText(folder["keys"], "third-key\n");
        File.SetLastWriteTimeUtc(folder["keys"], TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(1));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(cloud, "X-Api-Key", "second-key"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(cloud, "X-Api-Key", "third-key"));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("DELETE")]
    [InlineData("PUT")]
    public async Task Nothing_can_be_written(string method)
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel);

        using HttpResponseMessage response = await cloud.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/api/v1/events"), Cancel);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    private static async Task<HttpStatusCode> StatusAsync(RunningCloud cloud, string? header, string? value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/streams");
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }

        using HttpResponseMessage response = await cloud.Http.SendAsync(request, Cancel);
        return response.StatusCode;
    }

    private static Task<AppendResult> AppendAsync(RunningCloud cloud, params LogRecord[] records) => cloud.Store.AppendAsync(records, [], Cancel);

    private static async Task<JsonElement> JsonAsync(RunningCloud cloud, string path)
    {
        using JsonDocument document = JsonDocument.Parse(await cloud.Http.GetStringAsync(path, Cancel));
        return document.RootElement.Clone();
    }

    [GeneratedRegex("<script[^>]* src=\"([^\"]+)\"")]
    private static partial Regex ScriptSource();
}
