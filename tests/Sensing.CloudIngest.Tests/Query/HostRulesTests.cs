using System.Net;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Store;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Events;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Query;

/// <summary>Who may ask the API, and how.</summary>
public class HostRulesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_foreign_name_gets_no_answer_without_a_key_and_no_answer_is_a_page()
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel, options => options with { Http = options.Http with { Hosts = ["cloud.example"] } });

        foreach ((string host, HttpStatusCode status) in new[]
        {
            ("evil.example", HttpStatusCode.BadRequest), ("localhost", HttpStatusCode.OK), ("127.0.0.1:1", HttpStatusCode.OK), ("[::1]", HttpStatusCode.OK),
            ("cloud.example", HttpStatusCode.OK), ("localhost.evil.example", HttpStatusCode.BadRequest),
        })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/nodes");
            request.Headers.Host = host;
            request.Headers.Add("Origin", "http://evil.example");
            using HttpResponseMessage answer = await cloud.Http.SendAsync(request, Cancel);
            Assert.Equal((host, status), (host, answer.StatusCode));
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        }
    }

    [Theory]
    [InlineData("/api/v1/events")]
    [InlineData("/api/v1/events/latest")]
    [InlineData("/api/v1/live")]
    [InlineData("/api/v1/rollups?step=1h")]
    [InlineData("/health/ready")]
    public async Task HEAD_answers_as_GET_without_a_body(string path)
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel);
        using var request = new HttpRequestMessage(HttpMethod.Head, path);

        using HttpResponseMessage answer = await cloud.Http.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Cancel));
    }

    [Fact]
    public async Task The_latest_events_come_in_pages_that_hold_each_once()
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel);
        StreamAddress[] streams = [.. Enumerable.Range(0, 25).Select(i => new StreamAddress("tunnel", $"n{i % 3}", $"s-{i}"))];
        string[] sources = [.. streams.Select(stream => stream.Source).Order(StringComparer.Ordinal)];
        await cloud.Store.AppendAsync(
            [.. streams.Select(stream => (LogRecord)Sample.Record(Sample.Other(stream.Stream, Sample.Noon, stream: stream)))], [], Cancel);

        var found = new List<string>();
        string next = "";
        do
        {
            var page = System.Text.Json.Nodes.JsonNode.Parse(await cloud.Http.GetStringAsync($"/api/v1/events/latest?limit=10{next}", Cancel))!;
            found.AddRange(page["items"]!.AsArray().Select(item => item!["source"]!.GetValue<string>()));
            next = page["next"] is { } cursor ? $"&cursor={cursor.GetValue<string>()}" : "";
        }
        while (next.Length > 0);

        Assert.Equal(sources, found);
    }

    [Fact]
    public async Task A_key_file_that_comes_back_with_its_old_time_counts_again()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["keys"], "the-key", Cancel);
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel, options => options with { Http = options.Http with { ApiKeyFile = folder["keys"] } });

        Assert.Equal(HttpStatusCode.OK, await AskAsync());
        File.Move(folder["keys"], folder["away"]);
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync());
        File.Move(folder["away"], folder["keys"]);
        Assert.Equal(HttpStatusCode.OK, await AskAsync());

        async Task<HttpStatusCode> AskAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/nodes");
            request.Headers.Add("X-Api-Key", "the-key");
            using HttpResponseMessage answer = await cloud.Http.SendAsync(request, Cancel);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task A_live_reader_that_never_reads_is_cut_off_and_those_that_hold_all_places_keep_nobody_out()
    {
        await using RunningCloud cloud = await RunningCloud.StartAsync(Cancel, options => options with
        {
            Limits = options.Limits with { LiveStallSeconds = 1, MaxLiveReaders = 3 },
        });
        string large = "\"" + new string('x', 100_000) + "\"";
        await cloud.Store.AppendAsync([.. Enumerable.Range(0, 200).Select(i => (LogRecord)Sample.Record(Sample.Other($"{i}", Sample.Noon, large)))], [], Cancel);
        using var silent = new System.Net.Sockets.TcpClient { ReceiveBufferSize = 8192 };
        await silent.ConnectAsync(cloud.Http.BaseAddress!.Host, cloud.Http.BaseAddress.Port, Cancel);
        await silent.GetStream().WriteAsync("GET /api/v1/live?after=0 HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray(), Cancel);

        await cloud.UntilAsync(() => cloud.LiveReaders == 1, Cancel);
        await cloud.UntilAsync(() => cloud.LiveReaders == 0, Cancel);
    }

    [Fact]
    public void Of_those_who_hold_all_places_the_first_of_the_greediest_makes_room()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var readers = new CloudIngest.Query.LiveReaders(3, time);
        Microsoft.AspNetCore.Http.DefaultHttpContext[] all = [.. new[] { "192.0.2.1", "192.0.2.2", "192.0.2.2", "192.0.2.3", "192.0.2.3" }.Select(address =>
        {
            var context = new Microsoft.AspNetCore.Http.DefaultHttpContext();
            context.Connection.RemoteIpAddress = IPAddress.Parse(address);
            return context;
        })];
        CancellationToken[] cut = [.. all.Take(3).Select(context =>
        {
            Assert.True(readers.TryEnter(context, out CancellationToken token));
            return token;
        })];

        Assert.False(readers.TryEnter(all[3], out _));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(readers.TryEnter(all[3], out _));

        Assert.Equal([false, true, false], cut.Select(token => token.IsCancellationRequested));
        Assert.Equal(3, readers.Count);
    }
}
