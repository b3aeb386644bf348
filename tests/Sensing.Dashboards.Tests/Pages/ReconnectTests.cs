using Microsoft.Playwright;
using Sensing.Dashboards.Tests.Api;
using Sensing.Testing.Browser;
using Sensing.Dashboards.Tests.Traffic;
using Sensing.Events;
using Sensing.Events.Das;

namespace Sensing.Dashboards.Tests.Pages;

/// <summary>The server goes and comes back.</summary>
[Collection(PageTests.Name)]
public sealed class ReconnectTests(ChromiumFixture chromium)
{
    [Fact]
    public async Task The_page_says_that_it_is_cut_off_and_catches_up_by_itself()
    {
        await using WatchedPage watched = await chromium.OpenAsync();
        (ScriptedApi api, TrafficScript traffic) = await Scene.StartAsync();
        await using ScriptedApi server = api;
        IPage page = watched.Page;
        await page.GotoAsync(new Uri(api.Address, "/fibre").ToString());
        await page.WaitForSelectorAsync("#histogram[data-state=ok]");
        await Assertions.Expect(page.Locator("#connection")).ToHaveTextAsync("Live");

        await api.StopAsync();
        await Assertions.Expect(page.Locator("#connection")).ToContainTextAsync("Connection lost");
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-connection", "lost");
        await Assertions.Expect(page.Locator("#spoken-connection")).ToContainTextAsync("lost");
        await Screenshot.SaveAsync(page, "fibre-lost");
        // What was seen stays, marked as not up to date.
        Assert.True(await page.Locator("#vehicle-list tbody tr").CountAsync() > 0);

        SensorEvent missed = new ScriptedVehicle(
            TravelDirection.Increasing, VehicleClass.Small, 61.8, 0, TrafficScript.LengthM, TimeProvider.System.GetUtcNow().AddSeconds(-30), 3).ToEvent(traffic.Source);
        api.Publish(missed);
        await api.StartAsync();

        await Assertions.Expect(page.Locator("#connection")).ToHaveTextAsync("Live", new() { Timeout = 30_000 });
        await Assertions.Expect(page.Locator($"[data-vehicle='{missed.Id}']")).ToBeVisibleAsync(new() { Timeout = 15_000 });
        Assert.Empty(watched.Troubles(serverWasAway: true));
    }

    [Fact]
    public async Task The_overview_comes_back_too()
    {
        await using WatchedPage watched = await chromium.OpenAsync();
        (ScriptedApi api, _) = await Scene.StartAsync(history: 0.5);
        await using ScriptedApi server = api;
        Scene.ReportNodes(api);
        IPage page = watched.Page;
        await page.GotoAsync(api.Address.ToString());
        await Assertions.Expect(page.Locator("#node-list")).ToContainTextAsync("Åstfjord bridge");

        await api.StopAsync();
        await Assertions.Expect(page.Locator("#trouble")).ToContainTextAsync("cannot be read", new() { Timeout = 15_000 });
        await Assertions.Expect(page.Locator("#connection")).ToContainTextAsync("Connection lost");

        api.Report("harbour", "mast-1", Scene.Status(TimeProvider.System.GetUtcNow()));
        await api.StartAsync();

        await Assertions.Expect(page.Locator("#trouble")).ToBeHiddenAsync(new() { Timeout = 30_000 });
        await Assertions.Expect(page.Locator("#node-harbour-mast-1")).ToContainTextAsync("Online", new() { Timeout = 15_000 });
        Assert.Empty(watched.Troubles(serverWasAway: true));
    }
}
