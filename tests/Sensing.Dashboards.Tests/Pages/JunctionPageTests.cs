using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Sensing.Dashboards.Tests.Api;
using Sensing.Dashboards.Tests.Traffic;
using Sensing.Events;
using Sensing.Testing.Browser;

namespace Sensing.Dashboards.Tests.Pages;

/// <summary>The junction page with events flowing.</summary>
[Collection(PageTests.Name)]
public sealed class JunctionPageTests(ChromiumFixture chromium)
{
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Each_approach_shows_its_picture_and_figures_and_follows_live_events()
    {
        await using JunctionScene scene = await JunctionScene.OpenAsync(chromium);
        IPage page = scene.Page;
        ILocator north = page.Locator("article.approach", new() { HasText = "north" });
        await Assertions.Expect(page.Locator("article.approach")).ToHaveCountAsync(2);
        await Assertions.Expect(north.Locator("img")).ToBeVisibleAsync();
        Assert.Equal(480, await north.Locator("img").EvaluateAsync<int>("image => image.decode().then(() => image.naturalWidth)"));
        await Assertions.Expect(north).ToContainTextAsync("not for enforcement");
        await Assertions.Expect(north).ToContainTextAsync(new Regex(@"\d+ ± \d+\.\d\s?km/h"));
        await Assertions.Expect(page.Locator("article.approach", new() { HasText = "east" })).ToContainTextAsync("haze");
        await scene.Api.LiveReaderAsync();

        scene.Api.Publish(JunctionScript.ApproachAt(JunctionScript.North, Now, index: 0.83));

        await Assertions.Expect(north).ToContainTextAsync("0.83");
        await Assertions.Expect(north.Locator(".approach-head .chip")).ToHaveTextAsync("Jammed");
        await Assertions.Expect(north.Locator(".approach-figures")).ToContainTextAsync("breakdown");
        await north.Locator("button.picture").ClickAsync();
        await Assertions.Expect(page.Locator("#picture img")).ToBeVisibleAsync();
        Assert.Empty(scene.Troubles());
    }

    [Fact]
    public async Task The_ring_counts_down_to_the_next_change_and_names_phase_mode_and_groups()
    {
        await using JunctionScene scene = await JunctionScene.OpenAsync(chromium);
        IPage page = scene.Page;
        ILocator ring = page.Locator("canvas.ring");
        // However long the page took to load, a plan has just come.
        await scene.Api.LiveReaderAsync();
        scene.Api.Publish(JunctionScript.PlanAt(Now));
        await Assertions.Expect(ring).ToHaveAttributeAsync("aria-label", new Regex(@"^Signal plan\. (Green|Yellow|All red), phase (north-south|east-west): \d+ seconds to "));
        await Assertions.Expect(page.Locator("ol.phases li")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator("ul.groups li")).ToHaveCountAsync(6);
        await Assertions.Expect(page.Locator("#plan")).ToContainTextAsync("Adaptive rule");

        // Yellow of north has just begun, at whatever second the test runs.
        DateTimeOffset yellow = DateTimeOffset.FromUnixTimeSeconds((long)(Math.Floor(Now.ToUnixTimeSeconds() / 54.0) * 54) + 22);
        SensorEvent plan = JunctionScript.PlanAt(yellow, fallback: "'east' has sent nothing for 12 s", mode: "fixedPlan");
        scene.Api.Publish(new SensorEvent("plan-now", plan.Source, plan.Type, Now.AddSeconds(0.5), plan.Priority, plan.Data));

        await Assertions.Expect(ring).ToHaveAttributeAsync("aria-label", new Regex("Yellow, phase north-south: [1-3] seconds to all red"));
        await Assertions.Expect(page.Locator("ul.groups li").First).ToHaveTextAsync("northYellow");
        await Assertions.Expect(page.Locator(".fallback")).ToContainTextAsync("Fallback to the fixed plan: 'east' has sent nothing for 12 s");
        await Assertions.Expect(page.Locator("#plan [role=status].hidden").Last).ToContainTextAsync("Fixed plan");
        // Both changes are certain: they are shown in their time, before an event says so.
        await Assertions.Expect(ring).ToHaveAttributeAsync("aria-label", new Regex("All red, phase north-south: [1-2] seconds to green, east-west"));
        await Assertions.Expect(ring).ToHaveAttributeAsync("aria-label", new Regex("Green, phase east-west"));
        Assert.True(await ring.EvaluateAsync<bool>("""
            canvas => { const d = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data; let n = 0; for (let i = 3; i < d.length; i += 4) n += d[i] > 0; return n > d.length / 40; }
            """), "the ring is drawn");
        Assert.Empty(scene.Troubles());
    }

    [Fact]
    public async Task An_emergency_vehicle_stands_out_is_spoken_of_and_goes()
    {
        await using JunctionScene scene = await JunctionScene.OpenAsync(chromium);
        IPage page = scene.Page;
        await scene.Api.LiveReaderAsync();
        DateTimeOffset seen = Now;

        scene.Api.Publish(JunctionScript.EmergencyAt(seen, seen, seen.AddSeconds(40)));

        ILocator banner = page.Locator(".junction-banner.emergency");
        await Assertions.Expect(banner).ToContainTextAsync("Emergency vehicle – north, lane 2");
        await Assertions.Expect(banner).ToContainTextAsync("confidence 94");
        await Assertions.Expect(banner).ToContainTextAsync("light bar and siren");
        await Assertions.Expect(banner).ToContainTextAsync("expected at the stop line in");
        await Assertions.Expect(page.Locator("#spoken-junction")).ToHaveTextAsync("Emergency vehicle on north, lane 2.");
        await Assertions.Expect(page.Locator("article.approach", new() { HasText = "north" }).Locator(".approach-notes")).ToContainTextAsync("Emergency vehicle, lane 2");
        await Assertions.Expect(page.Locator("#incident-list li").First).ToContainTextAsync("Now");

        scene.Api.Publish(JunctionScript.EmergencyAt(seen.AddSeconds(1), seen, seen.AddSeconds(40), ended: true));

        await Assertions.Expect(banner).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#incident-list li").First).ToContainTextAsync("Over");
        Assert.Empty(scene.Troubles());
    }

    [Fact]
    public async Task Counts_are_summed_by_movement_or_lane_and_exported_by_window()
    {
        await using JunctionScene scene = await JunctionScene.OpenAsync(chromium);
        IPage page = scene.Page;
        ILocator rows = page.Locator("#movement-list tbody tr:not(.group)");
        await Assertions.Expect(rows).ToHaveCountAsync(4);
        await Assertions.Expect(page.Locator("#movement-list")).ToContainTextAsync("north → south");
        string total = await page.InnerTextAsync("#movement-list tfoot td:last-child");

        await page.SelectOptionAsync("#movements-choice", "lane");
        await Assertions.Expect(rows.First).ToContainTextAsync("toward, lane 1");
        Assert.Equal(total, await page.InnerTextAsync("#movement-list tfoot td:last-child"));
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("by=lane"));

        (string name, byte[] content) = await Download.ByClickingAsync(page, "#movements button[title='Download CSV']", TestContext.Current.CancellationToken);
        Assert.Matches(@"^counts_.*\.csv$", name);
        string[] lines = Encoding.UTF8.GetString(content).TrimEnd().Split("\r\n");
        Assert.Equal("window_end_utc,window_min,observed_s,approach,kind,from_or_direction,to_or_lane,class,count", lines[0]);
        int counted = lines.Skip(1).Select(l => l.Split(',')).Where(c => c[4] == "lane").Sum(c => int.Parse(c[8], CultureInfo.InvariantCulture));
        Assert.Equal(total, counted.ToString("N0", CultureInfo.InvariantCulture));
        await Assertions.Expect(page.Locator("#counts-summary")).ToContainTextAsync($"{total} vehicles");
        Assert.Empty(scene.Troubles());
    }

    [Fact]
    public async Task One_approach_can_be_chosen_and_the_address_keeps_it()
    {
        await using JunctionScene scene = await JunctionScene.OpenAsync(chromium, "/junction?range=15m");
        IPage page = scene.Page;
        await Assertions.Expect(page.Locator("#index .legend li")).ToHaveCountAsync(2);

        await page.SelectOptionAsync("#approach", new SelectOptionValue { Label = "east" });

        await Assertions.Expect(page.Locator("article.approach")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#index .legend")).ToHaveTextAsync("raweast, smoothed");
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("article.approach h3")).ToHaveTextAsync("east");
        await page.SelectOptionAsync("#measure-choice", "meanSpeedKmh");
        await Assertions.Expect(page.Locator("#measure-note")).ToHaveTextAsync("Mean speed, km/h, not for enforcement");
        Assert.Empty(scene.Troubles());
    }

    [Fact]
    public async Task Cameras_alone_are_a_junction_without_signals()
    {
        await using JunctionScene scene = await JunctionScene.OpenAsync(chromium, $"/junction?source={JunctionScript.East.Source}", signals: false);

        await Assertions.Expect(scene.Page.Locator("#plan")).ToBeHiddenAsync();
        await Assertions.Expect(scene.Page.Locator("article.approach")).ToHaveCountAsync(2);
        await Assertions.Expect(scene.Page.Locator("#junction option:checked")).ToHaveTextAsync("ringvei");
        Assert.Empty(scene.Troubles());
    }

    [Fact]
    public async Task A_fixed_range_shows_the_junction_as_it_was()
    {
        DateTimeOffset to = Now.AddMinutes(-20);
        string range = $"{to.AddMinutes(-10).UtcDateTime:yyyy-MM-ddTHH:mm:ssZ},{to.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}";
        await using JunctionScene scene = await JunctionScene.OpenAsync(chromium, $"/junction?range={range}");
        IPage page = scene.Page;
        await Assertions.Expect(page.Locator("#plan")).ToHaveAttributeAsync("data-state", "ok");
        string before = (await page.GetAttributeAsync("canvas.ring", "aria-label"))!;
        string figures = await page.InnerTextAsync("article.approach >> nth=0 >> .approach-figures");
        await scene.Api.LiveReaderAsync();

        scene.Api.Publish(JunctionScript.ApproachAt(JunctionScript.East, Now, index: 0.83), JunctionScript.PlanAt(Now));
        await page.WaitForTimeoutAsync(1500);

        Assert.Equal(before, await page.GetAttributeAsync("canvas.ring", "aria-label"));
        Assert.Equal(figures, await page.InnerTextAsync("article.approach >> nth=0 >> .approach-figures"));
        Assert.Empty(scene.Troubles());
    }

    [Fact]
    public async Task The_page_fills_by_itself_with_the_first_event_ever()
    {
        await using WatchedPage watched = await chromium.OpenAsync();
        await using var api = new ScriptedApi();
        await api.StartAsync();
        await watched.Page.GotoAsync(new Uri(api.Address, "/junction").ToString());
        await Assertions.Expect(watched.Page.Locator("#nothing")).ToContainTextAsync("No traffic camera has reported yet");
        await api.LiveReaderAsync();

        api.Publish(JunctionScript.ApproachAt(JunctionScript.North, Now));
        await Assertions.Expect(watched.Page.Locator("article.approach")).ToHaveCountAsync(1, new() { Timeout = 15_000 });

        // Signals that come later join their site.
        api.Publish(JunctionScript.PlanAt(Now));
        await Assertions.Expect(watched.Page.Locator("#plan")).ToHaveAttributeAsync("data-state", "ok", new() { Timeout = 15_000 });
        Assert.Empty(watched.Troubles());
    }

    [Fact]
    public async Task Silence_is_said_where_the_range_follows_now()
    {
        await using WatchedPage watched = await chromium.OpenAsync();
        await using var api = new ScriptedApi();
        JunctionScene.Fill(api, Now.AddMinutes(-3));
        await api.StartAsync();
        await watched.Page.GotoAsync(new Uri(api.Address, "/junction?range=live").ToString());

        await Assertions.Expect(watched.Page.Locator("#approaches .panel-note")).ToContainTextAsync("Stale: nothing new for 3");
        await Assertions.Expect(watched.Page.Locator("article.approach.is-stale")).ToHaveCountAsync(2);
        await Assertions.Expect(watched.Page.Locator("#plan .panel-note")).ToContainTextAsync("Stale: no plan for 3");
        await Assertions.Expect(watched.Page.Locator("canvas.ring")).ToHaveAttributeAsync("aria-label", new Regex("no plan for"));
        Assert.Empty(watched.Troubles());
    }

    [Fact]
    public async Task A_replayed_recording_ends_at_its_newest_event()
    {
        await using WatchedPage watched = await chromium.OpenAsync();
        await using var api = new ScriptedApi();
        DateTimeOffset recorded = Now.AddDays(-100);
        api.Publish(JunctionScript.Approaches(recorded.AddMinutes(-8), recorded).Concat(JunctionScript.Plans(recorded.AddMinutes(-8), recorded)));
        await api.StartAsync();
        await watched.Page.GotoAsync(new Uri(api.Address, "/junction?range=live").ToString());

        await watched.Page.WaitForSelectorAsync(JunctionScene.Ready);
        await Assertions.Expect(watched.Page.Locator("#replay")).ToBeVisibleAsync();
        await Assertions.Expect(watched.Page.Locator("#plan")).ToHaveAttributeAsync("data-state", "ok");
        Assert.Empty(watched.Troubles());
    }

    [Fact]
    public async Task The_page_catches_up_after_the_server_was_away()
    {
        await using JunctionScene scene = await JunctionScene.OpenAsync(chromium);
        IPage page = scene.Page;
        await scene.Api.LiveReaderAsync();
        await scene.Api.StopAsync();
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-connection", "lost", new() { Timeout = 15_000 });
        await Assertions.Expect(page.Locator("article.approach")).ToHaveCountAsync(2);

        scene.Api.Publish(JunctionScript.ApproachAt(JunctionScript.North, Now, index: 0.77));
        await scene.Api.StartAsync();

        await Assertions.Expect(page.Locator("#connection")).ToHaveTextAsync("Live", new() { Timeout = 30_000 });
        await Assertions.Expect(page.Locator("article.approach", new() { HasText = "north" })).ToContainTextAsync("0.77", new() { Timeout = 15_000 });
        Assert.Empty(scene.Troubles(serverWasAway: true));
    }

    [Fact]
    public async Task The_card_on_the_overview_shows_signals_levels_and_emergencies_and_leads_to_the_page()
    {
        await using JunctionScene scene = await JunctionScene.OpenAsync(chromium, "/", "#card-junction[data-state=ok]", incidents: true);
        ILocator card = scene.Page.Locator("#card-junction");
        await Assertions.Expect(card).ToContainTextAsync("Emergency vehicle – north, lane 2");
        await Assertions.Expect(card.Locator(".card-signal")).ToContainTextAsync(new Regex("(Green|Yellow|All red), (north-south|east-west)"));
        await Assertions.Expect(card.Locator(".card-approaches li")).ToHaveCountAsync(2);
        await Assertions.Expect(scene.Page.Locator("#figures")).ToContainTextAsync("Fullest approach");
        await scene.Api.LiveReaderAsync();

        scene.Api.Publish(JunctionScript.ApproachAt(JunctionScript.East, Now, index: 0.91));

        await Assertions.Expect(card).ToContainTextAsync("index 0.91");
        await Assertions.Expect(scene.Page.Locator("#figures")).ToContainTextAsync("Jammed east");
        await Screenshot.SaveAsync(scene.Page, "junction-card");
        await card.Locator("a").First.ClickAsync();
        await scene.Page.WaitForSelectorAsync(JunctionScene.Ready);
        Assert.EndsWith($"/junction?source={JunctionScript.Signals.Source}", scene.Page.Url, StringComparison.Ordinal);
        Assert.Empty(scene.Troubles());
    }

    public static TheoryData<string, string, int, int, ColorScheme> Views => new()
    {
        { "junction-light", "/junction", 1440, 1000, ColorScheme.Light },
        { "junction-dark", "/junction?range=15m", 1440, 1000, ColorScheme.Dark },
        { "junction-phone", "/junction", 390, 844, ColorScheme.Light },
        { "junction-tablet", "/junction", 1024, 768, ColorScheme.Light },
        { "junction-wall", "/junction?range=24h", 2560, 1440, ColorScheme.Dark },
    };

    [Theory]
    [MemberData(nameof(Views))]
    public async Task The_page_draws_itself_without_scrolling_sideways(string name, string path, int width, int height, ColorScheme scheme)
    {
        await using JunctionScene scene = await JunctionScene.OpenAsync(chromium, path, options: new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
        }, incidents: true);
        await scene.Page.WaitForSelectorAsync("#counts[data-state=ok]");

        await Screenshot.SaveAsync(scene.Page, name);
        Assert.True(await scene.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width);
        Assert.Empty(scene.Troubles());
    }
}
