using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Sensing.Dashboards.Tests.Traffic;
using Sensing.Testing.Browser;

namespace Sensing.Dashboards.Tests.Pages;

/// <summary>The drones page with the events of two edges flowing.</summary>
[Collection(PageTests.Name)]
public sealed class DronePageTests(ChromiumFixture chromium)
{
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Tasks_of_the_range_and_of_the_last_period_are_told_apart_and_a_live_report_adds_to_them()
    {
        await using DroneScene scene = await DroneScene.OpenAsync(chromium);
        IPage page = scene.Page;
        await scene.Api.LiveReaderAsync();
        ILocator row = page.Locator("#type-list tr[data-type=HV]"), figures = page.Locator("#served-figures");
        int tasks = DroneScene.Reports * DroneScript.Arrived;
        await Assertions.Expect(row).ToContainTextAsync($"{tasks * 9 / 10} 90\u202f%now 9");
        await Assertions.Expect(row.Locator("td.stolen")).ToHaveTextAsync($"{DroneScene.Reports}now 1");
        await Assertions.Expect(row.Locator("td.failed")).ToHaveTextAsync("12now 0");
        ILocator missed = page.Locator("#type-list tr[data-type=CD]");
        await Assertions.Expect(missed).ToContainTextAsync(new Regex(@"0 / 2\dmissed, 85"));
        await Assertions.Expect(figures).ToContainTextAsync("80\u202f% of the bound");
        await Assertions.Expect(figures).ToContainTextAsync("Reachableuplink 1");

        DateTimeOffset next = scene.End + DroneScript.Period;
        scene.Api.Publish(DroneScript.QosAt(DroneScript.Harbour, next, "HeldBack", failed: true));
        await Assertions.Expect(row.Locator("td.failed")).ToHaveTextAsync("13now 1", new() { Timeout = 15_000 });
        await Assertions.Expect(figures.Locator(".bad")).ToHaveTextAsync("CloudHeld backnothing sent");
        await page.Keyboard.PressAsync("s");
        ILocator spoken = page.Locator("#spoken-drones");
        await Assertions.Expect(spoken).ToHaveTextAsync(new Regex("^90.% of .* tasks done in time; .*: held back.$"));

        await row.Locator("button").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("task=HV"));
        await Assertions.Expect(page.Locator("#latency .legend")).ToContainTextAsync("Cloud, believed");
        await page.FocusAsync("#link .plot");
        await page.Keyboard.PressAsync("ArrowLeft");
        ILocator read = page.Locator("#link-chart [role=status]");
        await Assertions.Expect(read).ToContainTextAsync("Uplink no data Mbit/s, Cloud held back yes");
        (string name, byte[] content) = await Download.ByClickingAsync(
            page, "#fates button[title='Download CSV']", TestContext.Current.CancellationToken);
        Assert.Matches(@"^fates_.*\.csv$", name);
        string[] lines = Encoding.UTF8.GetString(content).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(DroneScene.Reports + 2, lines.Length);
        Assert.Contains(",HV,10,9,0,1,0,1,0,0.9,0,1116,650,", lines[^1]);

        await page.SelectOptionAsync("#edge", DroneScript.Quarry.Source);
        await Assertions.Expect(figures).ToContainTextAsync("No cloudall on the edge");
        await Assertions.Expect(figures).ToContainTextAsync("bound not computed");
        await Assertions.Expect(page.Locator("#link")).ToHaveAttributeAsync("data-state", "empty");
        Assert.Empty(scene.Troubles());
    }

    [Fact]
    public async Task The_last_picture_of_each_drone_has_its_detections()
    {
        await using DroneScene scene = await DroneScene.OpenAsync(chromium);
        IPage page = scene.Page;
        await scene.Api.LiveReaderAsync();
        ILocator alpha = page.Locator("article[aria-label='Drone alpha']");
        ILocator bravo = page.Locator("article[aria-label='Drone bravo']");
        ILocator found = alpha.Locator(".drone-found");
        await Assertions.Expect(alpha.Locator("img")).ToHaveJSPropertyAsync("naturalWidth", 480);
        await Assertions.Expect(alpha.Locator("rect.box.vest")).ToHaveCountAsync(1);
        await Assertions.Expect(alpha.Locator("rect.box.bare")).ToHaveCountAsync(1);
        await Assertions.Expect(alpha.Locator("line.bone.vest")).ToHaveCountAsync(12);
        await Assertions.Expect(alpha.Locator(".tag")).ToHaveTextAsync(["1 · vest · 4.3 m", "2 · no vest · 9.8 m"]);
        await Assertions.Expect(found).ToContainTextAsync("no hazard vest, mask, 9.8 m away, 62\u202f% sure");
        await Assertions.Expect(alpha.Locator(".fate")).ToHaveTextAsync(["HV done", "MD dropped", "CD failed, cloud"]);

        // The box lies where the person is: at a quarter of the picture's width.
        Assert.Equal(0.25, await alpha.Locator(".stage").EvaluateAsync<double>("""
            stage => {
              const all = stage.getBoundingClientRect(), box = stage.querySelector("rect.vest").getBoundingClientRect();
              return (box.left - all.left) / all.width;
            }
            """), 0.02);
        await Assertions.Expect(bravo).ToContainTextAsync("No picture");
        await Assertions.Expect(bravo.Locator(".drone-found")).ToContainTextAsync(
            "2 persons; 1 without a hazard vest; nearest object: bicycle, 6.1 m");
        scene.Api.Publish(DroneScript.ResultAt(DroneScript.Harbour, "bravo", Now, pictured: true));
        await Assertions.Expect(bravo.Locator("img")).ToHaveJSPropertyAsync("naturalWidth", 480);
        await bravo.Locator("button").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        ILocator enlarged = page.Locator("#drone-picture");
        await Assertions.Expect(enlarged).ToContainTextAsync("hazard vest, no face visible, 4.3 m away");
        Assert.Empty(scene.Troubles());
    }

    [Fact]
    public async Task Silence_and_an_empty_range_do_not_appear_as_zero()
    {
        await using DroneScene scene = await DroneScene.OpenAsync(
            chromium, ready: "#fates[data-state=stale]", ago: TimeSpan.FromMinutes(2));
        IPage page = scene.Page;
        await Assertions.Expect(page.Locator("#served .panel-note")).ToContainTextAsync("Stale: nothing new for 2");
        ILocator alpha = page.Locator("article[aria-label='Drone alpha']");
        await Assertions.Expect(alpha).ToContainTextAsync("Stale: nothing new for 2");
        DateTime to = scene.End.AddMinutes(-30).UtcDateTime, from = to.AddMinutes(-10);
        string path = $"/drones?range={from:yyyy-MM-ddTHH:mm:ssZ},{to:yyyy-MM-ddTHH:mm:ssZ}";
        await page.GotoAsync(new Uri(scene.Api.Address, path).ToString());
        await page.WaitForSelectorAsync("#fates[data-state=empty]");
        ILocator tasks = page.Locator("#fates .panel-note"), pictures = page.Locator("#pictures .panel-note");
        await Assertions.Expect(tasks).ToContainTextAsync("No report of the edge in this range. The newest is from");
        await Assertions.Expect(pictures).ToContainTextAsync("No segment of a drone up to the end of this range.");
        await Assertions.Expect(page.Locator("#served-figures > *")).ToHaveCountAsync(0);
        Assert.Empty(scene.Troubles());
    }

    [Theory]
    [InlineData("drones-light", "/drones?range=live", 1440, ColorScheme.Light)]
    [InlineData("drones-dark-phone", "/drones?range=live&task=HV", 390, ColorScheme.Dark)]
    public async Task The_page_draws_itself(string name, string path, int width, ColorScheme scheme)
    {
        var options = new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = scheme,
        };
        await using DroneScene scene = await DroneScene.OpenAsync(chromium, path, options: options);
        await Assertions.Expect(scene.Page.Locator("article.drone img")).ToHaveJSPropertyAsync("naturalWidth", 480);
        await Screenshot.SaveAsync(scene.Page, name);
        Assert.Empty(scene.Troubles());
    }
}
