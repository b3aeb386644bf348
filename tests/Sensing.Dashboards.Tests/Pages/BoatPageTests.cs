using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Sensing.Dashboards.Tests.Api;
using Sensing.Dashboards.Tests.Traffic;
using Sensing.Marine.Events;
using Sensing.Testing.Browser;

namespace Sensing.Dashboards.Tests.Pages;

/// <summary>The boat page with the events of a synthetic voyage flowing.</summary>
[Collection(PageTests.Name)]
public sealed class BoatPageTests(ChromiumFixture chromium)
{
    private const string Advice = "Crossing, target to starboard: give way, rule 15";

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task The_most_urgent_target_comes_first_with_its_rule_and_its_answers_are_kept()
    {
        await using BoatScene scene = await BoatScene.OpenAsync(chromium);
        IPage page = scene.Page;
        ILocator alert = page.Locator(".boat-alert.alarm"), first = page.Locator(".target-row").First;
        await Assertions.Expect(alert).ToContainTextAsync(Advice);
        await Assertions.Expect(alert).ToContainTextAsync("ALBATROSS");
        await Assertions.Expect(alert).ToContainTextAsync(new Regex(@"CPA .* in \d+:\d\d, .* away, \d+° to starboard"));
        await Assertions.Expect(first).ToContainTextAsync("ALBATROSS");
        await Assertions.Expect(first).ToContainTextAsync("Crossing, give way");
        await Assertions.Expect(page.Locator("#own-ship")).ToContainTextAsync(new Regex(@"SOG1[12]\.\d"));
        Assert.True(await page.Locator("canvas.encounter-plot").EvaluateAsync<bool>("""
            canvas => { const red = getComputedStyle(document.documentElement).getPropertyValue("--alarm").trim(); const [r, g, b] = [1, 3, 5].map(i => parseInt(red.slice(i, i + 2), 16));
              const d = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data; let n = 0;
              for (let i = 0; i < d.length; i += 4) n += Math.abs(d[i] - r) + Math.abs(d[i + 1] - g) + Math.abs(d[i + 2] - b) < 12; return n > 200; }
            """), "the target is drawn in the colour of alarms");

        await first.Locator("button").ClickAsync();
        await Assertions.Expect(page.Locator("#chosen-title")).ToHaveTextAsync("ALBATROSS, AIS class A");
        await Assertions.Expect(page.Locator("#chosen")).ToContainTextAsync(new Regex(@"Crosses own bow\d.* in \d+:\d\d"));
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("target=200000100"));

        await alert.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" }).ClickAsync();
        await Assertions.Expect(alert).ToHaveCountAsync(0);
        await Assertions.Expect(first).ToContainTextAsync("acknowledged");
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator(".target-row").First).ToContainTextAsync("acknowledged");
        await Assertions.Expect(alert).ToHaveCountAsync(0);
        await page.Locator("#chosen").GetByRole(AriaRole.Button, new() { Name = "Mute" }).ClickAsync();
        await Assertions.Expect(page.Locator(".target-row").First).ToContainTextAsync("muted");
        Assert.Empty(scene.Troubles());
    }

    [Fact]
    public async Task Live_events_move_the_picture_on_and_a_change_is_spoken_of()
    {
        await using BoatScene scene = await BoatScene.OpenAsync(chromium);
        IPage page = scene.Page;
        await scene.Api.LiveReaderAsync();
        string before = await page.InnerTextAsync(".target-row >> nth=0 >> .figure >> nth=0");
        Encounter over = MarineEvents.Encounter.Read(BoatScript.Voyage(Now, 120).First(item => item.Type == MarineEvents.Encounter.Name)) with
        {
            Level = Marine.Watch.AlertLevel.Warning,
            Advice = "Head-on: alter course to starboard, rule 14",
            Class = Marine.Encounters.EncounterClass.HeadOn,
        };
        scene.Api.Publish(MarineEvents.Encounter.Create(BoatScript.Bridge, Now.AddSeconds(1), over.Target, over));
        await Assertions.Expect(page.Locator(".boat-alert.warning")).ToContainTextAsync("Head-on: alter course to starboard, rule 14");
        await Assertions.Expect(page.Locator("#spoken-boat")).ToHaveTextAsync("Warning, ALBATROSS: Head-on: alter course to starboard, rule 14.");
        await Assertions.Expect(page.Locator("#log-list li").First).ToContainTextAsync("Head-on");

        // Between reports the positions are moved on.
        await Assertions.Expect(page.Locator(".target-row >> nth=0 >> .figure >> nth=0")).Not.ToHaveTextAsync(before, new() { Timeout = 15_000 });
        (string name, byte[] content) = await Download.ByClickingAsync(page, "#targets button[title='Download CSV']", TestContext.Current.CancellationToken);
        Assert.Matches(@"^targets_.*\.csv$", name);
        Assert.Contains("200000100,ALBATROSS,class-a,confirmed,warning,head-on", Encoding.UTF8.GetString(content));
        Assert.Empty(scene.Troubles());
    }

    [Fact]
    public async Task An_impact_alarms_at_once_and_its_record_shows_motion_and_direction()
    {
        await using BoatScene scene = await BoatScene.OpenAsync(chromium);
        IPage page = scene.Page;
        await scene.Api.LiveReaderAsync();
        await Assertions.Expect(page.Locator(".impact-rows li")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator(".model-card").First).ToContainTextAsync("impacts 1.3.0");
        await Assertions.Expect(page.Locator(".model-card").Last).ToContainTextAsync("impacts 1.4.0");
        DateTimeOffset struck = Now;

        scene.Api.Publish(BoatScript.ImpactAt(struck, 3, complete: false, kind: "bow", direction: 10));
        await Assertions.Expect(page.Locator("#alerts")).ToContainTextAsync("Blow from ahead");
        await Assertions.Expect(page.Locator("#spoken-boat")).ToHaveTextAsync("Blow from ahead.");
        await Assertions.Expect(page.Locator(".impact-record")).ToContainTextAsync("The record with the whole motion follows");

        scene.Api.Publish(BoatScript.ImpactAt(struck, 3, kind: "bow", direction: 10));
        await Assertions.Expect(page.Locator(".impact-rows li")).ToHaveCountAsync(3);
        await Assertions.Expect(page.Locator("svg.trace path")).ToHaveCountAsync(3);
        await Assertions.Expect(page.Locator(".impact-record")).ToContainTextAsync("10° starboard");
        await page.Locator(".impact-rows li").Last.Locator("button").ClickAsync();
        await Assertions.Expect(page.Locator(".impact-record h3")).ToHaveTextAsync("Wave slam");
        Assert.Empty(scene.Troubles());
    }

    [Fact]
    public async Task A_fixed_range_shows_the_watch_as_it_was_and_silence_is_said()
    {
        await using BoatScene scene = await BoatScene.OpenAsync(chromium, ready: "#encounter[data-state=stale]", ago: TimeSpan.FromMinutes(2));
        IPage page = scene.Page;
        await Assertions.Expect(page.Locator("#encounter .panel-note")).ToContainTextAsync("Stale: nothing new for 2");
        DateTimeOffset to = scene.Begin.AddSeconds(20);
        await page.GotoAsync(new Uri(scene.Api.Address, $"/boat?range={to.AddMinutes(-10).UtcDateTime:yyyy-MM-ddTHH:mm:ssZ},{to.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}").ToString());
        await page.WaitForSelectorAsync(BoatScene.Ready);

        // Twenty seconds into the voyage there are buoys, and no encounter yet.
        await Assertions.Expect(page.Locator(".target-row").First).ToContainTextAsync("FAIRWAY");
        await Assertions.Expect(page.Locator("#target-list")).Not.ToContainTextAsync("Crossing");
        await Assertions.Expect(page.Locator(".boat-alert")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#log-list")).ToContainTextAsync("No encounter in this range");
        Assert.Empty(scene.Troubles());
    }

    [Fact]
    public async Task The_night_is_red_on_every_page_until_it_is_over()
    {
        await using BoatScene scene = await BoatScene.OpenAsync(chromium, options: new BrowserNewContextOptions { ColorScheme = ColorScheme.Light });
        IPage page = scene.Page;
        await page.Keyboard.PressAsync("n");
        Assert.Equal("rgb(6, 1, 1)", await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
        await page.GotoAsync(new Uri(scene.Api.Address, "/fibre").ToString());
        Assert.Equal("rgb(6, 1, 1)", await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
        await page.GotoAsync(new Uri(scene.Api.Address, "/boat").ToString());
        await page.WaitForSelectorAsync(BoatScene.Ready);
        await page.Locator("#night").ClickAsync();
        Assert.Equal("light", await page.GetAttributeAsync("html", "data-theme"));
        Assert.Null(await page.GetAttributeAsync("html", "data-night"));
        Assert.Empty(scene.Troubles());
    }

    public static TheoryData<string, string, int, int, bool> Views => new()
    {
        { "boat-light", "/boat?target=200000100&miles=2", 1440, 1000, false },
        { "boat-night-phone", "/boat?miles=2", 390, 844, true },
    };

    [Theory]
    [MemberData(nameof(Views))]
    public async Task The_page_draws_itself(string name, string path, int width, int height, bool isNight)
    {
        await using BoatScene scene = await BoatScene.OpenAsync(
            chromium, path, options: new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height }, ColorScheme = ColorScheme.Light });
        if (isNight)
        {
            await scene.Page.Locator("#night").ClickAsync();
        }

        await Assertions.Expect(scene.Page.Locator(".boat-alert")).ToContainTextAsync(Advice);
        await Screenshot.SaveAsync(scene.Page, name);
        Assert.Empty(scene.Troubles());
    }
}
