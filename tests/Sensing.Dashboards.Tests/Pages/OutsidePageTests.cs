using System.Net;
using System.Text.Json;
using Microsoft.Playwright;
using Sensing.Dashboards.Tests.Api;
using Sensing.Dashboards.Tests.Client;
using Sensing.Events;
using Sensing.Testing;
using Sensing.Testing.Browser;

namespace Sensing.Dashboards.Tests.Pages;

/// <summary>A page that another project brings: built into a client of its own, no file of dashboards edited.</summary>
[Collection(PageTests.Name)]
public sealed class OutsidePageTests(ChromiumFixture chromium) : IAsyncLifetime
{
    private const string Type = "sensing.tide.level.v1";
    private static readonly StreamAddress Pier = new("harbour", "mast-1", "pier");

    private readonly TemporaryFolder _folder = new();
    private ScriptedApi? _api;

    private ScriptedApi Api => _api!;

    public async ValueTask InitializeAsync()
    {
        (int code, string errors) = await ClientBuild.BuildAsync("--page", $"tide={ClientBuild.TidePage}", "--out", _folder["client"]);
        Assert.True(code == 0, errors);
        _api = new ScriptedApi(client: new DirectoryInfo(_folder["client"]));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        Api.Store(Enumerable.Range(1, 30).Select(i => Level(now.AddMinutes(-2 * i), 1 + (i / 100.0))), TimeSpan.FromSeconds(1));
        await Api.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task It_is_in_the_navigation_and_draws_events_as_they_arrive()
    {
        await using WatchedPage watched = await chromium.OpenAsync();
        IPage page = watched.Page;
        await page.GotoAsync(Api.Address.ToString());
        await page.WaitForSelectorAsync("#card-tide[data-state=ok]");

        await page.Keyboard.PressAsync("9");

        await Assertions.Expect(page).ToHaveURLAsync(new Uri(Api.Address, "/tide").ToString());
        await Assertions.Expect(page.Locator("nav a[aria-current]")).ToHaveTextAsync("Tide");
        await page.WaitForSelectorAsync("#level[data-state=ok]");
        Assert.Equal("pier, harbour – Tide – Sensing", await page.TitleAsync());
        Assert.Equal("320px", await page.Locator(".chart.tide").EvaluateAsync<string>("node => getComputedStyle(node).minHeight"));
        await page.ClickAsync("#level button[title='Show as table']");
        await Assertions.Expect(page.Locator("#level tbody tr")).ToHaveCountAsync(29);
        await Api.LiveReaderAsync();
        Api.Publish(Level(TimeProvider.System.GetUtcNow(), 4.25));
        await Assertions.Expect(page.Locator("#level tbody tr").First).ToContainTextAsync("4.25");
        await Screenshot.SaveAsync(page, "outside-page");
        Assert.Empty(watched.Troubles());
    }

    [Fact]
    public async Task Its_card_on_the_overview_follows_live_events_and_leads_to_it()
    {
        await using WatchedPage watched = await chromium.OpenAsync();
        IPage page = watched.Page;
        await page.GotoAsync(Api.Address.ToString());
        await Assertions.Expect(page.Locator("#card-tide")).ToContainTextAsync("1.01 m");
        // No fibre has ever sent an event.
        await Assertions.Expect(page.Locator("#card-fibre")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("#figures")).ToContainTextAsync("Tide gauges");
        await Api.LiveReaderAsync();

        Api.Publish(Level(TimeProvider.System.GetUtcNow(), 4.25));

        await Assertions.Expect(page.Locator("#card-tide")).ToContainTextAsync("4.25 m");
        await page.ClickAsync("#rate button[title='Show as table']");
        await Assertions.Expect(page.Locator("#rate thead")).ToContainTextAsync("tide_per_s");
        await Screenshot.SaveAsync(page, "outside-card");
        await page.ClickAsync("#card-tide a");
        await Assertions.Expect(page).ToHaveURLAsync(new Uri(Api.Address, "/tide?source=/sites/harbour/nodes/mast-1/streams/pier").ToString());
        await page.WaitForSelectorAsync("#level[data-state=ok]");
        Assert.Empty(watched.Troubles());
    }

    [Fact]
    public async Task A_card_that_fails_says_so_and_the_others_keep_working()
    {
        await using WatchedPage watched = await chromium.OpenAsync();
        IPage page = watched.Page;
        await page.GotoAsync(Api.Address.ToString());
        await page.WaitForSelectorAsync("#card-tide[data-state=ok]");
        await Api.LiveReaderAsync();

        Api.Publish(Level(TimeProvider.System.GetUtcNow(), -99));

        await Assertions.Expect(page.Locator("#card-tide .panel-note")).ToContainTextAsync("This card has failed: a level below −50 m");
        await Assertions.Expect(page.Locator("#card-fibre")).ToHaveAttributeAsync("data-state", "ok");
        await Assertions.Expect(page.Locator("#figures")).ToContainTextAsync("Nodes online");
        Assert.Contains("A card of the overview has failed.", Assert.Single(watched.Troubles()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_server_knows_the_pages_of_its_client_and_no_others()
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Api.Address };

        foreach ((string path, HttpStatusCode status) in new[]
        {
            ("/", HttpStatusCode.OK), ("/fibre", HttpStatusCode.OK), ("/tide", HttpStatusCode.OK),
            ("/tide.html", HttpStatusCode.NotFound), ("/marsh", HttpStatusCode.NotFound), ("/pages.json", HttpStatusCode.NotFound),
        })
        {
            using HttpResponseMessage answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal((path, status), (path, answer.StatusCode));
        }
    }

    private static SensorEvent Level(DateTimeOffset time, double metres) => new(
        EventId.Create(Pier.Source, Type, time, ""), Pier, Type, time, EventPriority.Telemetry,
        JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, double> { ["levelM"] = metres }));
}
