using Microsoft.Playwright;
using Sensing.Das.Events;
using Sensing.Dashboards.Tests.Api;
using Sensing.Dashboards.Tests.Traffic;
using Sensing.Events;
using Sensing.Events.Node;
using Sensing.Testing.Browser;

namespace Sensing.Dashboards.Tests.Pages;

/// <summary>The overview with nodes reporting and events flowing.</summary>
[Collection(PageTests.Name)]
public sealed class OverviewPageTests(ChromiumFixture chromium)
{
    [Fact]
    public async Task Nodes_streams_and_what_is_wrong_are_told()
    {
        await using PageScene scene = await PageScene.OpenAsync(chromium, "/", history: 1, nodes: true);
        IPage page = scene.Page;

        await Assertions.Expect(page.Locator("#node-astfjord-cabinet-1")).ToContainTextAsync("Online");
        await Assertions.Expect(page.Locator("#node-astfjord-cabinet-1")).ToContainTextAsync("Running");
        await Assertions.Expect(page.Locator("#node-poznan-cabinet-2")).ToContainTextAsync("no block for 30 s");
        await Assertions.Expect(page.Locator("#node-poznan-cabinet-2")).ToContainTextAsync("−810.0");
        await Assertions.Expect(page.Locator("#node-poznan-cabinet-2")).ToContainTextAsync("1,842 events");
        await Assertions.Expect(page.Locator("#node-harbour-mast-1")).ToContainTextAsync("Offline");
        await Assertions.Expect(page.Locator("#alarm-list li")).ToHaveCountAsync(5);
        await Assertions.Expect(page.Locator("#alarm-list li").First).ToContainTextAsync("Stream is stalled");
        await Assertions.Expect(page.Locator("#figures")).ToContainTextAsync("2 of 3");
        await Assertions.Expect(page.Locator("#map-canvas .pin")).ToHaveCountAsync(3);
        await page.WaitForSelectorAsync("#rate[data-state=ok]");
        Assert.Empty(scene.Troubles());
    }

    [Fact]
    public async Task A_node_that_goes_offline_opens_an_alarm_at_once()
    {
        await using WatchedPage watched = await chromium.OpenAsync();
        (ScriptedApi api, _) = await Scene.StartAsync(history: 0.5);
        await using ScriptedApi server = api;
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        api.Report("astfjord", "cabinet-1", Scene.Status(now, stream: Scene.Stream("bridge", StreamState.Running, now)));
        IPage page = watched.Page;
        await page.GotoAsync(api.Address.ToString());
        await Assertions.Expect(page.Locator("#alarm-list")).ToContainTextAsync("Nothing is wrong");
        await api.LiveReaderAsync();

        api.Report("astfjord", "cabinet-1", Scene.Status(now, NodeState.Offline), connected: false);

        await Assertions.Expect(page.Locator("#alarm-list")).ToContainTextAsync("Node is offline");
        await Assertions.Expect(page.Locator("#spoken-alarms")).ToContainTextAsync("Node is offline, astfjord / cabinet-1");
        Assert.Empty(watched.Troubles());
    }

    [Fact]
    public async Task The_newest_vehicle_is_on_top_and_leads_to_its_fibre()
    {
        await using PageScene scene = await PageScene.OpenAsync(chromium, "/", "#card-fibre tbody tr", history: 0.5);
        IPage page = scene.Page;
        await scene.Api.LiveReaderAsync();

        SensorEvent arrived = new ScriptedVehicle(
            TravelDirection.Increasing, VehicleClass.Small, 58.7, 0, TrafficScript.LengthM, TimeProvider.System.GetUtcNow(), 3).ToEvent(Scene.Bridge);
        scene.Api.Publish(arrived);

        await Assertions.Expect(page.Locator("#card-fibre tbody tr").First).ToContainTextAsync("59");
        await page.Locator("#card-fibre tbody tr a").First.ClickAsync();
        await Assertions.Expect(page.Locator("#vehicle-list tr.selected")).ToContainTextAsync("59");
        Assert.Empty(scene.Troubles());
    }

    [Fact]
    public async Task Words_of_a_node_are_words_and_never_markup()
    {
        await using WatchedPage watched = await chromium.OpenAsync();
        await using var api = new ScriptedApi();
        const string attack = "<img src=x onerror=\"document.title='owned'\">";
        api.Publish(NodeEvents.Notice.Create(Scene.Street, TimeProvider.System.GetUtcNow(), "x", new StreamNotice
        {
            Code = attack,
            Severity = NoticeSeverity.Error,
            Message = attack,
            Input = attack,
            Remedy = attack,
        }));
        api.Report("poznan", "cabinet-2", Scene.Status(TimeProvider.System.GetUtcNow(), stream: Scene.Stream("street", StreamState.Stalled, TimeProvider.System.GetUtcNow(), attack)));
        await api.StartAsync();
        await watched.Page.GotoAsync(api.Address.ToString());

        await Assertions.Expect(watched.Page.Locator("#alarm-list")).ToContainTextAsync("<img src=x");
        await Assertions.Expect(watched.Page.Locator("#node-list")).ToContainTextAsync("<img src=x");
        Assert.Equal(0, await watched.Page.Locator("img[src=x]").CountAsync());
        Assert.StartsWith("Overview", await watched.Page.TitleAsync(), StringComparison.Ordinal);
        Assert.Empty(watched.Troubles());
    }

    [Fact]
    public async Task An_empty_system_says_what_to_expect()
    {
        await using WatchedPage watched = await chromium.OpenAsync();
        await using var api = new ScriptedApi();
        await api.StartAsync();
        await watched.Page.GotoAsync(api.Address.ToString());

        await Assertions.Expect(watched.Page.Locator("#node-list")).ToContainTextAsync("No node has reported yet");
        await Assertions.Expect(watched.Page.Locator("#card-fibre")).ToContainTextAsync("No vehicle has been seen yet");
        await Assertions.Expect(watched.Page.Locator("#rate")).ToHaveAttributeAsync("data-state", "empty");
        await Assertions.Expect(watched.Page.Locator("#map")).ToBeHiddenAsync();
        Assert.Empty(watched.Troubles());
    }
}
