using Microsoft.Playwright;
using Sensing.Das.Events;
using Sensing.Dashboards.Tests.Pages;
using Sensing.Dashboards.Tests.Traffic;
using Sensing.Events;
using Sensing.Events.Node;
using Sensing.Testing.Browser;

namespace Sensing.Dashboards.Tests.Chain;

/// <summary>The pages over the product's own query API: what the scripted one promises must be what the real one does.</summary>
[Collection(PageTests.Name)]
public sealed class CloudTierTests(ChromiumFixture chromium)
{
    [Fact]
    public async Task Events_go_in_over_MQTT_and_are_seen_on_both_pages_also_after_a_restart()
    {
        await using WatchedPage watched = await chromium.OpenAsync();
        await using var cloud = new CloudTier(Scene.Places);
        await cloud.StartAsync();
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        var traffic = new TrafficScript(Scene.Bridge, now.AddMinutes(-70), now);
        await cloud.PublishAsync(traffic.VehicleEvents(now.AddMinutes(-65), now));
        await cloud.PublishAsync(traffic.Flows(now.AddMinutes(-65), now));
        await cloud.PublishAsync(traffic.Profiles(now.AddMinutes(-65), now));
        await cloud.PublishAsync(traffic.Tiles(now.AddMinutes(-3), now.AddSeconds(-5)));
        await cloud.ReportAsync("astfjord", "cabinet-1", Scene.Status(now, stream: Scene.Stream("bridge", StreamState.Running, now)));
        await cloud.PublishAsync([NodeEvents.Notice.Create(Scene.Bridge, now, "gap", new StreamNotice
        {
            Code = "gap",
            Severity = NoticeSeverity.Warning,
            Message = "10 s are missing between two files",
        })]);
        IPage page = watched.Page;

        await page.GotoAsync(cloud.Address.ToString());
        await Assertions.Expect(page.Locator("#node-astfjord-cabinet-1")).ToContainTextAsync("Online");
        await Assertions.Expect(page.Locator("#alarm-list")).ToContainTextAsync("10 s are missing");
        await page.WaitForSelectorAsync("#rate[data-state=ok]");
        await Assertions.Expect(page.Locator("#card-fibre tbody tr")).ToHaveCountAsync(14);
        Assert.Empty(watched.Troubles());

        await page.GotoAsync(new Uri(cloud.Address, "/fibre").ToString());
        foreach (string panel in new[] { "waterfall", "flow", "speed", "histogram" })
        {
            await Assertions.Expect(page.Locator($"#{panel}")).ToHaveAttributeAsync("data-state", "ok", new() { Timeout = 15_000 });
        }

        SensorEvent live = Vehicle(111.2);
        await cloud.PublishAsync([live]);
        await Assertions.Expect(page.Locator($"tr:has([data-vehicle='{live.Id}'])")).ToContainTextAsync("111");
        Assert.Empty(watched.Troubles());

        await cloud.StopAsync();
        await Assertions.Expect(page.Locator("#connection")).ToContainTextAsync("Connection lost");
        await cloud.StartAsync();
        SensorEvent later = Vehicle(112.3);
        await cloud.PublishAsync([later]);
        await Assertions.Expect(page.Locator("#connection")).ToHaveTextAsync("Live", new() { Timeout = 30_000 });
        await Assertions.Expect(page.Locator($"tr:has([data-vehicle='{later.Id}'])")).ToContainTextAsync("112", new() { Timeout = 15_000 });

        // Ranges of days are read as roll-ups.
        await page.GotoAsync(new Uri(cloud.Address, $"/fibre?range={now.AddDays(-4):yyyy-MM-ddTHH:mm:ssZ},{now.AddHours(1):yyyy-MM-ddTHH:mm:ssZ}").ToString());
        await Assertions.Expect(page.Locator("#flow")).ToHaveAttributeAsync("data-state", "ok", new() { Timeout = 15_000 });
        await page.ClickAsync("#speed button[title='Show as table']");
        await Assertions.Expect(page.Locator("#speed .table-scroll thead")).ToContainTextAsync("max_speed_kmh");
        await Assertions.Expect(page.Locator("#speed .table-scroll tbody tr").First).ToContainTextAsync("112.3");
        Assert.Empty(watched.Troubles(serverWasAway: true));
    }

    private static SensorEvent Vehicle(double speedKmh) => new ScriptedVehicle(
        TravelDirection.Increasing, VehicleClass.Small, speedKmh, 0, TrafficScript.LengthM, TimeProvider.System.GetUtcNow().AddSeconds(-15), 3).ToEvent(Scene.Bridge);
}
