using Microsoft.Playwright;
using Sensing.Das.Events;
using Sensing.Dashboards.Tests.Api;
using Sensing.Dashboards.Tests.Traffic;
using Sensing.Events;
using Sensing.Testing.Browser;

namespace Sensing.Dashboards.Tests.Pages;

/// <summary>The server goes and comes back.</summary>
[Collection(PageTests.Name)]
public sealed class ReconnectTests(ChromiumFixture chromium)
{
    [Fact]
    public async Task The_page_says_that_it_is_cut_off_and_catches_up_by_itself()
    {
        await using PageScene scene = await PageScene.OpenAsync(chromium, "/fibre", "#histogram[data-state=ok]");
        IPage page = scene.Page;
        await Assertions.Expect(page.Locator("#connection")).ToHaveTextAsync("Live");

        await scene.Api.StopAsync();
        await Assertions.Expect(page.Locator("#connection")).ToContainTextAsync("Connection lost");
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-connection", "lost");
        await Assertions.Expect(page.Locator("#spoken-connection")).ToContainTextAsync("lost");
        await Screenshot.SaveAsync(page, "fibre-lost");
        // What was seen stays, marked as not up to date.
        Assert.True(await page.Locator("#vehicle-list tbody tr").CountAsync() > 0);

        SensorEvent missed = new ScriptedVehicle(
            TravelDirection.Increasing, VehicleClass.Small, 61.8, 0, TrafficScript.LengthM, TimeProvider.System.GetUtcNow().AddSeconds(-30), 3).ToEvent(scene.Traffic.Source);
        scene.Api.Publish(missed);
        await scene.Api.StartAsync();

        await Assertions.Expect(page.Locator("#connection")).ToHaveTextAsync("Live", new() { Timeout = 30_000 });
        await Assertions.Expect(page.Locator($"[data-vehicle='{missed.Id}']")).ToBeVisibleAsync(new() { Timeout = 15_000 });
        Assert.Empty(scene.Troubles(serverWasAway: true));
    }

    [Fact]
    public async Task The_overview_comes_back_too()
    {
        await using PageScene scene = await PageScene.OpenAsync(chromium, "/", history: 0.5, nodes: true);
        IPage page = scene.Page;
        await Assertions.Expect(page.Locator("#node-list")).ToContainTextAsync("Åstfjord bridge");

        await scene.Api.StopAsync();
        await Assertions.Expect(page.Locator("#trouble")).ToContainTextAsync("cannot be read", new() { Timeout = 15_000 });
        await Assertions.Expect(page.Locator("#connection")).ToContainTextAsync("Connection lost");

        scene.Api.Report("harbour", "mast-1", Scene.Status(TimeProvider.System.GetUtcNow()));
        await scene.Api.StartAsync();

        await Assertions.Expect(page.Locator("#trouble")).ToBeHiddenAsync(new() { Timeout = 30_000 });
        await Assertions.Expect(page.Locator("#node-harbour-mast-1")).ToContainTextAsync("Online", new() { Timeout = 15_000 });
        Assert.Empty(scene.Troubles(serverWasAway: true));
    }
}
