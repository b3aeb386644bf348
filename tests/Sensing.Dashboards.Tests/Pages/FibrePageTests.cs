using System.Globalization;
using System.Text;
using Microsoft.Playwright;
using Sensing.Das.Events;
using Sensing.Dashboards.Tests.Api;
using Sensing.Dashboards.Tests.Traffic;
using Sensing.Events;
using Sensing.Testing.Browser;

namespace Sensing.Dashboards.Tests.Pages;

/// <summary>The fibre page with events flowing.</summary>
[Collection(PageTests.Name)]
public sealed class FibrePageTests(ChromiumFixture chromium)
{
    private const string Ready = "#histogram[data-state=ok]";

    [Fact]
    public async Task A_vehicle_that_arrives_is_listed_drawn_and_spoken_of()
    {
        await using PageScene scene = await PageScene.OpenAsync(chromium, "/fibre", Ready);
        IPage page = scene.Page;
        await scene.Api.LiveReaderAsync();

        SensorEvent arrived = Vehicle(scene.Traffic, 123.4);
        scene.Api.Publish(arrived);

        ILocator row = page.Locator($"tr:has([data-vehicle='{arrived.Id}'])");
        await Assertions.Expect(row).ToContainTextAsync("123");
        await Assertions.Expect(row).ToContainTextAsync("decreasing");
        await Assertions.Expect(row).ToContainTextAsync("Truck or bus");
        await Assertions.Expect(page.Locator("#spoken-vehicles")).ToContainTextAsync("123 kilometres per hour", new() { Timeout = 15_000 });
        await page.ClickAsync($"[data-vehicle='{arrived.Id}']");
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"vehicle={arrived.Id}"));
        Assert.Empty(scene.Troubles());
    }

    [Fact]
    public async Task The_waterfall_tells_level_distance_and_both_times_under_the_pointer()
    {
        await using PageScene scene = await PageScene.OpenAsync(chromium, "/fibre", "#waterfall[data-state=ok]");
        IPage page = scene.Page;

        LocatorBoundingBoxResult box = (await page.Locator(".waterfall-stage").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 3));

        string readout = await page.InnerTextAsync(".waterfall-stage .readout");
        Assert.Matches(@"\d\d:\d\d:\d\d", readout);
        Assert.Contains("UTC", readout, StringComparison.Ordinal);
        Assert.Matches(@"Distance\s+5\d\d\s?m", readout);
        Assert.True(System.Text.RegularExpressions.Regex.IsMatch(readout, @"Level\s+[−\d]"), readout);
        Assert.Empty(scene.Troubles());
    }

    [Fact]
    public async Task The_page_fills_by_itself_with_the_first_event_ever()
    {
        await using WatchedPage watched = await chromium.OpenAsync();
        await using var api = new ScriptedApi();
        await api.StartAsync();
        IPage page = watched.Page;
        await page.GotoAsync(new Uri(api.Address, "/fibre").ToString());
        await Assertions.Expect(page.Locator("#nothing")).ToContainTextAsync("No fibre has reported yet");
        await api.LiveReaderAsync();

        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        var traffic = new TrafficScript(Scene.Bridge, now.AddMinutes(-5), now);
        api.Publish(Vehicle(traffic, 77));

        await Assertions.Expect(page.Locator("#vehicle-list")).ToContainTextAsync("77");
        await Assertions.Expect(page.Locator("#nothing")).ToBeHiddenAsync();
        Assert.Empty(watched.Troubles());
    }

    [Fact]
    public async Task No_data_is_words_and_not_a_line_at_zero()
    {
        await using WatchedPage watched = await chromium.OpenAsync();
        (ScriptedApi api, _) = await Scene.StartAsync(history: 0.5);
        await using ScriptedApi server = api;
        IPage page = watched.Page;

        await page.GotoAsync(new Uri(api.Address, "/fibre?range=2020-01-01T00:00:00Z,2020-01-01T01:00:00Z").ToString());

        foreach (string panel in new[] { "flow", "speed", "histogram", "profile", "waterfall" })
        {
            await Assertions.Expect(page.Locator($"#{panel}")).ToHaveAttributeAsync("data-state", "empty");
            await Assertions.Expect(page.Locator($"#{panel} .panel-note")).ToBeVisibleAsync();
        }

        await Screenshot.SaveAsync(page, "fibre-empty");
        await Assertions.Expect(page.Locator("#flow .plot")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("#flow .panel-note")).ToContainTextAsync("The newest is from");
        Assert.Empty(watched.Troubles());
    }

    [Fact]
    public async Task A_stream_that_fell_silent_is_called_stale_and_keeps_its_curves()
    {
        await using WatchedPage watched = await chromium.OpenAsync();
        await using var api = new ScriptedApi();
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        var traffic = new TrafficScript(Scene.Bridge, now.AddMinutes(-58), now.AddMinutes(-25));
        api.Store(traffic.VehicleEvents(now.AddHours(-1), now.AddMinutes(-24)), TimeSpan.FromSeconds(20));
        api.Store(traffic.Flows(now.AddMinutes(-58), now.AddMinutes(-25)), TimeSpan.FromSeconds(1));
        await api.StartAsync();
        IPage page = watched.Page;

        await page.GotoAsync(new Uri(api.Address, "/fibre").ToString());

        await Assertions.Expect(page.Locator("#flow")).ToHaveAttributeAsync("data-state", "stale");
        await Assertions.Expect(page.Locator("#flow .panel-note")).ToContainTextAsync("nothing new for 2");
        await Screenshot.SaveAsync(page, "fibre-stale");
        await Assertions.Expect(page.Locator("#flow .plot canvas")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#histogram")).ToHaveAttributeAsync("data-state", "stale");
        Assert.Empty(watched.Troubles());
    }

    [Fact]
    public async Task A_replay_shows_its_own_last_hour_and_says_that_it_is_one()
    {
        await using WatchedPage watched = await chromium.OpenAsync();
        await using var api = new ScriptedApi();
        var then = new DateTimeOffset(2024, 5, 2, 9, 0, 0, TimeSpan.Zero);
        var traffic = new TrafficScript(Scene.Bridge, then, then.AddHours(1));
        api.Publish(traffic.VehicleEvents(then, then.AddHours(2)));
        api.Publish(traffic.Flows(then, then.AddHours(1)));
        await api.StartAsync();
        IPage page = watched.Page;

        await page.GotoAsync(new Uri(api.Address, "/fibre").ToString());

        await page.WaitForSelectorAsync(Ready);
        await Assertions.Expect(page.Locator("#replay")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#flow")).ToHaveAttributeAsync("data-state", "ok");
        await Assertions.Expect(page.Locator("#vehicle-list tbody tr").First).ToContainTextAsync("2 May");
        Assert.Empty(watched.Troubles());
    }

    [Fact]
    public async Task The_flow_s_CSV_holds_every_report_of_the_range()
    {
        await using WatchedPage watched = await chromium.OpenAsync();
        (ScriptedApi api, TrafficScript traffic) = await Scene.StartAsync();
        await using ScriptedApi server = api;
        // Whole seconds, as the address has them: a report on the first of them belongs to the range.
        var to = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        DateTimeOffset from = to.AddMinutes(-70);
        string range = $"{from:yyyy-MM-ddTHH:mm:ssZ},{to:yyyy-MM-ddTHH:mm:ssZ}";
        await watched.Page.GotoAsync(new Uri(api.Address, $"/fibre?range={range}").ToString());
        await watched.Page.WaitForSelectorAsync("#flow[data-state=ok]");

        (string name, byte[] content) = await Download.ByClickingAsync(watched.Page, "#flow button[title='Download CSV']", TestContext.Current.CancellationToken);

        string[] lines = Encoding.UTF8.GetString(content).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Matches(@"^flow_\d{4}-\d\d-\d\dT\d{6}Z_\d{4}-\d\d-\d\dT\d{6}Z\.csv$", name);
        Assert.StartsWith("window_end_utc,window_min,direction,class,count,flow_veh_per_h", lines[0], StringComparison.Ordinal);
        var expected = traffic.Flows(from, to).Select(e => (e.Time, Flow: DasEvents.Flow.Read(e)))
            .Where(f => f.Flow.WindowMinutes == 5 && f.Flow.Class is null)
            .ToDictionary(f => (f.Time, f.Flow.Direction), f => f.Flow.Count);
        var read = lines.Skip(1).Select(l => l.Split(',')).ToDictionary(
            c => (DateTimeOffset.Parse(c[0], CultureInfo.InvariantCulture), Enum.Parse<TravelDirection>(c[2], ignoreCase: true)),
            c => int.Parse(c[4], CultureInfo.InvariantCulture));
        Assert.Equal(expected.OrderBy(e => e.Key), read.OrderBy(e => e.Key));
        Assert.Empty(watched.Troubles());
    }

    [Theory]
    [InlineData("waterfall")]
    [InlineData("flow")]
    [InlineData("histogram")]
    public async Task A_chart_is_downloaded_as_a_picture(string panel)
    {
        await using WatchedPage watched = await chromium.OpenAsync();
        (ScriptedApi api, _) = await Scene.StartAsync();
        await using ScriptedApi server = api;
        await watched.Page.GotoAsync(new Uri(api.Address, "/fibre").ToString());
        await watched.Page.WaitForSelectorAsync(Ready);

        (string name, byte[] content) = await Download.ByClickingAsync(watched.Page, $"#{panel} button[title='Download PNG']", TestContext.Current.CancellationToken);

        Assert.EndsWith(".png", name, StringComparison.Ordinal);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], content[..4]);
        Assert.True(content.Length > 5000, $"{content.Length} bytes are no chart");
        Assert.Empty(watched.Troubles());
    }

    [Fact]
    public async Task Every_chart_has_a_table_that_says_the_same()
    {
        await using PageScene scene = await PageScene.OpenAsync(chromium, "/fibre", Ready);
        IPage page = scene.Page;

        foreach (string panel in new[] { "waterfall", "flow", "speed", "histogram" })
        {
            await page.ClickAsync($"#{panel} button[title='Show as table']");
            Assert.True(await page.Locator($"#{panel} .table-scroll tbody tr").CountAsync() > 0, panel);
        }

        Assert.Empty(scene.Troubles());
    }

    /// <summary>A truck of a made-up speed that has just left.</summary>
    private static SensorEvent Vehicle(TrafficScript traffic, double speedKmh)
    {
        DateTimeOffset reference = TimeProvider.System.GetUtcNow().AddSeconds(-15);
        return new ScriptedVehicle(TravelDirection.Decreasing, VehicleClass.Large, speedKmh, TrafficScript.LengthM, 0, reference, 5).ToEvent(traffic.Source);
    }
}
