using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Sensing.Dashboards.Proxy;
using Sensing.Dashboards.Tests.Api;
using Sensing.Dashboards.Tests.Pages;
using Sensing.Dashboards.Tests.Traffic;

namespace Sensing.Dashboards.Tests.Proxy;

/// <summary>What a browser sees of the query API through <c>dashboards run</c>.</summary>
public sealed class ApiForwarderTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });
    private readonly List<WebApplication> _apps = [];

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        foreach (WebApplication app in _apps)
        {
            await app.DisposeAsync();
        }
    }

    [Fact]
    public async Task An_answer_is_the_API_s_own_and_the_query_arrives_as_it_was_sent()
    {
        Uri api = await UpstreamAsync((HttpContext context) => Results.Text(context.Request.Path + context.Request.QueryString, "text/plain", statusCode: 418));
        Uri front = await FrontAsync(new ApiForwarderOptions { Api = api });

        using HttpResponseMessage answer = await _client.GetAsync(
            new Uri(front, "/api/v1/events?source=%2Fsites%2Fa&type=x&type=y&from=2026-01-01T00:00:00%2B01:00"), TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode)418, answer.StatusCode);
        Assert.Equal(
            "/api/v1/events?source=%2Fsites%2Fa&type=x&type=y&from=2026-01-01T00:00:00%2B01:00",
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_key_comes_from_the_file_anew_each_time_and_never_from_the_browser()
    {
        Uri api = await UpstreamAsync((HttpContext context) => Results.Text(context.Request.Headers.Authorization + "|" + context.Request.Headers.Cookie));
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "# for the wall screen\nfirst-key # 2026\nsecond\n", TestContext.Current.CancellationToken);
        Uri front = await FrontAsync(new ApiForwarderOptions { Api = api, ApiKeyFile = file });

        async Task<string> AskAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(front, "/api/v1/nodes"));
            request.Headers.Add("Authorization", "Bearer of-the-browser");
            request.Headers.Add("Cookie", "session=1");
            using HttpResponseMessage answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);
            return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal("Bearer first-key|", await AskAsync());
        await File.WriteAllTextAsync(file, "renewed", TestContext.Current.CancellationToken);
        Assert.Equal("Bearer renewed|", await AskAsync());
        File.Delete(file);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task Only_reads_are_forwarded(string method)
    {
        bool reached = false;
        Uri api = await UpstreamAsync((HttpContext _) => reached = true);
        Uri front = await FrontAsync(new ApiForwarderOptions { Api = api });

        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(front, "/api/v1/nodes"));
        using HttpResponseMessage answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.False(reached);
    }

    [Fact]
    public async Task An_API_that_is_away_is_a_bad_gateway_with_words()
    {
        await using var api = new ScriptedApi();
        await api.StartAsync();
        Uri front = await FrontAsync(new ApiForwarderOptions { Api = api.Address });
        await api.StopAsync();

        using HttpResponseMessage away = await _client.GetAsync(new Uri(front, "/api/v1/nodes"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadGateway, away.StatusCode);
        Assert.Contains("cannot be reached", await away.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        await api.StartAsync();
        using HttpResponseMessage back = await _client.GetAsync(new Uri(front, "/api/v1/nodes"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
    }

    [Fact]
    public async Task An_API_that_hangs_is_given_up_after_the_timeout()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Uri api = await UpstreamAsync(async (HttpContext context) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        Uri front = await FrontAsync(new ApiForwarderOptions { Api = api });

        Task<HttpResponseMessage> waiting = _client.GetAsync(new Uri(front, "/api/v1/nodes"), TestContext.Current.CancellationToken);
        await asked.Task;
        Assert.False(waiting.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(31));

        using HttpResponseMessage answer = await waiting;
        Assert.Equal(HttpStatusCode.GatewayTimeout, answer.StatusCode);
    }

    [Fact]
    public async Task The_live_stream_is_passed_on_event_by_event_and_resumes_where_it_was()
    {
        await using var api = new ScriptedApi();
        await api.StartAsync();
        Uri front = await FrontAsync(new ApiForwarderOptions { Api = api.Address });
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        var traffic = new TrafficScript(Scene.Bridge, now.AddMinutes(-30), now);
        Sensing.Events.SensorEvent[] vehicles = [.. traffic.VehicleEvents(now.AddHours(-1), now).Take(3)];

        string lastId;
        using (Stream live = await OpenAsync(front, null))
        {
            using var lines = new StreamReader(live, Encoding.UTF8);
            await api.LiveReaderAsync();
            api.Publish(vehicles[0]);
            (lastId, string data) = await NextAsync(lines);
            Assert.Contains(vehicles[0].Id, data, StringComparison.Ordinal);
            api.Publish(vehicles[1]);
            (lastId, data) = await NextAsync(lines);
            Assert.Contains(vehicles[1].Id, data, StringComparison.Ordinal);
        }

        api.Publish(vehicles[2]);
        using Stream again = await OpenAsync(front, lastId);
        using var rest = new StreamReader(again, Encoding.UTF8);
        Assert.Contains(vehicles[2].Id, (await NextAsync(rest)).Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Live_streams_are_bounded_and_a_closed_one_makes_room()
    {
        await using var api = new ScriptedApi();
        await api.StartAsync();
        Uri front = await FrontAsync(new ApiForwarderOptions { Api = api.Address, MaxLiveStreams = 1 });

        HttpResponseMessage refused;
        using (await OpenAsync(front, null))
        {
            refused = await _client.GetAsync(new Uri(front, "/api/v1/live"), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(10), refused.Headers.RetryAfter?.Delta);
        }

        // The server learns of the closed stream a moment later.
        while (refused.StatusCode != HttpStatusCode.OK)
        {
            refused.Dispose();
            refused = await _client.GetAsync(new Uri(front, "/api/v1/live"), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        }

        refused.Dispose();
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_the_end_of_a_live_stream()
    {
        await using var api = new ScriptedApi();
        await api.StartAsync();
        Uri front = await FrontAsync(new ApiForwarderOptions { Api = api.Address });
        using Stream live = await OpenAsync(front, null);

        // The host waits for what is under way, here without a bound of its own.
        await _apps[^1].StopAsync(TestContext.Current.CancellationToken);

        await Assert.ThrowsAnyAsync<Exception>(async () => await live.ReadExactlyAsync(new byte[10_000_000], TestContext.Current.CancellationToken));
    }

    private async Task<Stream> OpenAsync(Uri front, string? lastId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(front, "/api/v1/live"));
        if (lastId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastId);
        }

        HttpResponseMessage answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        return await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<(string Id, string Data)> NextAsync(StreamReader lines)
    {
        string id = "";
        while (await lines.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                id = line[4..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return (id, line[6..]);
            }
        }

        throw new EndOfStreamException("The live stream ended.");
    }

    private Task<Uri> UpstreamAsync(Delegate handler) => StartAsync(_ => { }, app => app.Map("/{**path}", handler));

    private Task<Uri> FrontAsync(ApiForwarderOptions options) => StartAsync(
        services => services.AddSingleton<TimeProvider>(_time).AddApiForwarder(options), app => app.MapApiForwarder());

    private async Task<Uri> StartAsync(Action<IServiceCollection> services, Action<WebApplication> map)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Timeout.InfiniteTimeSpan);
        services(builder.Services);
        WebApplication app = builder.Build();
        map(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        _apps.Add(app);
        return new Uri(app.Urls.First());
    }
}
