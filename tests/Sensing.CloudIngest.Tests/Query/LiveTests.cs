using System.Net;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Store;
using Sensing.CloudIngest.Store.Sqlite;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Events;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Query;

/// <summary>Server-sent events: nothing is missed, whatever happens to the connection.</summary>
public class LiveTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reader_gets_what_is_stored_from_now_on()
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel);
        await AppendAsync(cloud, Sample.Record(Sample.Other("before", Sample.Noon)));
        await using LiveReader reader = await LiveReader.OpenAsync(cloud.Http, "", null, Cancel);
        Assert.Equal("text/event-stream", reader.Response.Content.Headers.ContentType!.MediaType);

        await AppendAsync(cloud, Sample.Record(Sample.Vehicle(Sample.Noon)));

        SseItem<string> item = await reader.NextAsync();
        Assert.Equal("sensing", item.EventType);
        Assert.True(CloudEventJson.TryRead(Encoding.UTF8.GetBytes(item.Data), Sample.Catalogue, out SensorEvent? read, out _));
        Assert.Equal(Sample.Vehicle(Sample.Noon), read);
        Assert.Contains("\"arrival\"", item.Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_that_comes_back_with_its_cursor_misses_nothing_and_gets_nothing_twice_over_a_restart()
    {
        using var folder = new TemporaryFolder();
        var read = new List<string>();
        string cursor;
        await using (RunningCloud first = await RunningCloud.StartAsync(Cancel, storePath: folder["cloud.db"]))
        {
            await using LiveReader reader = await LiveReader.OpenAsync(first.Http, "?after=0", null, Cancel);
            await AppendAsync(first, [.. Range(0, 500)]);
            for (int i = 0; i < 300; i++)
            {
                read.Add(Id(await reader.NextAsync()));
            }

            cursor = reader.LastEventId;
        }

        await using RunningCloud second = await RunningCloud.StartAsync(Cancel, storePath: folder["cloud.db"]);
        await AppendAsync(second, [.. Range(500, 100)]);
        await using LiveReader again = await LiveReader.OpenAsync(second.Http, "?after=0", cursor, Cancel);
        for (int i = 0; i < 300; i++)
        {
            read.Add(Id(await again.NextAsync()));
        }

        Assert.Equal(Enumerable.Range(0, 600).Select(i => $"{i:0000}"), read);
    }

    [Fact]
    public async Task A_filter_chooses_and_line_breaks_in_a_payload_survive()
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel);
        await AppendAsync(
            cloud, Sample.Record(Sample.Vehicle(Sample.Noon)), Sample.Record(Sample.Other("a", Sample.Noon, "{\r\n \"x\":\n1\r}")), Sample.Record(Sample.Other("b", Sample.Noon)));
        await using LiveReader reader = await LiveReader.OpenAsync(cloud.Http, $"?after=0&type={Sample.OtherType}&source={Sample.Stream.Source}", null, Cancel);

        SseItem<string> first = await reader.NextAsync();
        Assert.Equal("a", Id(first));
        using (JsonDocument document = JsonDocument.Parse(first.Data))
        {
            Assert.Equal(1, document.RootElement.GetProperty("data").GetProperty("x").GetInt32());
        }

        Assert.Equal("b", Id(await reader.NextAsync()));
    }

    [Fact]
    public async Task Node_states_come_at_the_start_and_when_they_change()
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel);
        await AppendAsync(cloud, new NodeStatusRecord("tunnel", "cabinet-1", Sample.StatusJson(), Sample.Noon));
        await using LiveReader reader = await LiveReader.OpenAsync(cloud.Http, "", null, Cancel);
        SseItem<string> birth = await reader.NextAsync();
        Assert.Equal("node", birth.EventType);
        Assert.Contains("\"state\":\"online\"", birth.Data, StringComparison.Ordinal);

        await AppendAsync(cloud, new NodeStatusRecord("tunnel", "cabinet-1", Sample.StatusJson(Events.Node.NodeState.Offline), Sample.Noon));

        SseItem<string> death = await reader.NextAsync();
        Assert.Equal("node", death.EventType);
        Assert.Contains("\"state\":\"offline\"", death.Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quiet_stream_shows_signs_of_life_that_move_the_cursor()
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel, options => options with { Limits = options.Limits with { HeartbeatSeconds = 0.05 } });
        await AppendAsync(cloud, Sample.Record(Sample.Vehicle(Sample.Noon)));
        using HttpResponseMessage response = await cloud.Http.GetAsync(
            $"/api/v1/live?after=0&type={Sample.OtherType}", HttpCompletionOption.ResponseHeadersRead, Cancel);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(Cancel));

        string line;
        do
        {
            line = await lines.ReadLineAsync(Cancel) ?? throw new IOException("The live stream has ended.");
        }
        while (line != ": alive");

        Assert.Equal($"id: {await cloud.Store.ReadHeadAsync(Cancel)}", await lines.ReadLineAsync(Cancel));
    }

    /// <summary>As where the connection that hears of other processes' commits was away for a moment.</summary>
    [Fact]
    public async Task A_commit_that_nobody_told_is_seen_at_the_next_sign_of_life()
    {
        using var folder = new TemporaryFolder();
        await using RunningCloud cloud = await RunningCloud.StartAsync(
            Cancel, options => options with { Limits = options.Limits with { HeartbeatSeconds = 0.05 } }, folder["cloud.db"]);
        await AppendAsync(cloud, Sample.Record(Sample.Other("a", Sample.Noon)));
        await using LiveReader reader = await LiveReader.OpenAsync(cloud.Http, "?after=0", null, Cancel);
        Assert.Equal("a", Id(await reader.NextAsync()));

        await using var other = new SqliteEventStore(new StoreOptions { Path = folder["cloud.db"] }, Sample.Catalogue, 1, TimeProvider.System);
        await other.OpenAsync(Cancel);
        await other.AppendAsync([Sample.Record(Sample.Other("b", Sample.Noon))], [], Cancel);

        Assert.Equal("b", Id(await reader.NextAsync()));
    }

    [Fact]
    public async Task One_reader_too_many_is_told_to_come_later_and_gets_in_when_another_has_left()
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(
            Cancel, options => options with { Limits = options.Limits with { MaxLiveReaders = 1, HeartbeatSeconds = 0.05 } });
        LiveReader first = await LiveReader.OpenAsync(cloud.Http, "", null, Cancel);
        using (HttpResponseMessage refused = await cloud.Http.GetAsync("/api/v1/live", Cancel))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        await first.DisposeAsync();

        HttpStatusCode status;
        do
        {
            using HttpResponseMessage response = await cloud.Http.GetAsync("/api/v1/live", HttpCompletionOption.ResponseHeadersRead, Cancel);
            status = response.StatusCode;
        }
        while (status != HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_cursor_of_a_store_that_has_been_replaced_begins_anew()
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel);
        await AppendAsync(cloud, Sample.Record(Sample.Other("a", Sample.Noon)));
        await using LiveReader reader = await LiveReader.OpenAsync(cloud.Http, "", "999999", Cancel);

        Assert.Equal("a", Id(await reader.NextAsync()));
    }

    private static IEnumerable<LogRecord> Range(int first, int count) =>
        Enumerable.Range(first, count).Select(i => Sample.Record(Sample.Other($"{i:0000}", Sample.Noon)));

    private static Task<AppendResult> AppendAsync(RunningCloud cloud, params LogRecord[] records) => cloud.Store.AppendAsync(records, [], Cancel);

    private static string Id(SseItem<string> item)
    {
        using JsonDocument document = JsonDocument.Parse(item.Data);
        return document.RootElement.GetProperty("id").GetString()!;
    }
}
