using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Sensing.Dashboards.Tests.Api;
using Sensing.Testing.Browser;

namespace Sensing.Dashboards.Tests.Pages;

/// <summary>A link reopens a page as it was.</summary>
[Collection(PageTests.Name)]
public sealed class UrlStateTests(ChromiumFixture chromium)
{
    private const string Ready = "#histogram[data-state=ok]";

    [Fact]
    public async Task What_is_chosen_is_in_the_address_and_survives_a_reload()
    {
        await using PageScene scene = await PageScene.OpenAsync(chromium, "/fibre", Ready, history: 7);
        IPage page = scene.Page;

        await page.CheckAsync("#range-6h");
        await page.SelectOptionAsync("#classes", "each");
        await page.SelectOptionAsync("#waterfall-contrast", "2");
        await page.UncheckAsync("#waterfall-tracks");
        Assert.EndsWith("/fibre?range=6h&classes=each&contrast=2&tracks=off", page.Url, StringComparison.Ordinal);

        await page.ReloadAsync();
        await page.WaitForSelectorAsync(Ready);
        Assert.True(await page.IsCheckedAsync("#range-6h"));
        Assert.Equal("each", await page.InputValueAsync("#classes"));
        Assert.Equal("2", await page.InputValueAsync("#waterfall-contrast"));
        Assert.False(await page.IsCheckedAsync("#waterfall-tracks"));
        await Assertions.Expect(page.Locator("#flow .legend")).ToContainTextAsync("Increasing, trucks and buses");
        Assert.Empty(scene.Troubles());
    }

    [Fact]
    public async Task A_copied_link_opens_the_same_range_elsewhere()
    {
        await using WatchedPage watched = await chromium.OpenAsync();
        (ScriptedApi api, _) = await Scene.StartAsync();
        await using ScriptedApi server = api;
        IPage page = watched.Page;
        await watched.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.GotoAsync(new Uri(api.Address, "/fibre").ToString());
        await page.WaitForSelectorAsync(Ready);

        await page.ClickAsync("#flow button[title='Copy link']");
        await Assertions.Expect(page.Locator("#flow")).ToHaveAttributeAsync("data-said", "Link copied");
        string link = await page.EvaluateAsync<string>("navigator.clipboard.readText()");
        Assert.EndsWith("#flow", link, StringComparison.Ordinal);
        Assert.Matches(@"[?&]range=\d{4}-\d\d-\d\dT[\d:.]+Z,\d{4}-\d\d-\d\dT[\d:.]+Z", link);

        await using WatchedPage other = await chromium.OpenAsync(new BrowserNewContextOptions { TimezoneId = "America/New_York" });
        await other.Page.GotoAsync(link);
        await other.Page.WaitForSelectorAsync(Ready);
        Assert.True(await other.Page.IsCheckedAsync("#range-custom"));
        string there = (await other.Page.GetAttributeAsync(".range-shown", "title"))!;
        Match sent = Regex.Match(link, @"range=([\dT:.-]+)Z");
        Assert.Contains(sent.Groups[1].Value.Replace('T', ' ')[..19], there, StringComparison.Ordinal);
        Assert.Empty(other.Troubles());
    }

    [Fact]
    public async Task Dragging_in_a_chart_zooms_and_going_back_undoes_it()
    {
        await using PageScene scene = await PageScene.OpenAsync(chromium, "/fibre", Ready);
        IPage page = scene.Page;

        ILocator plot = page.Locator("#flow .u-over");
        await plot.ScrollIntoViewIfNeededAsync();
        LocatorBoundingBoxResult box = (await plot.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + (box.Width * 0.25f), box.Y + 40);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + (box.Width * 0.75f), box.Y + 40, new() { Steps = 4 });
        await page.Mouse.UpAsync();

        await Assertions.Expect(page).ToHaveURLAsync(new Regex(@"range=\d{4}.*,\d{4}"));
        Match range = Regex.Match(page.Url, @"range=([^,&]+),([^&#]+)");
        TimeSpan shown = DateTimeOffset.Parse(range.Groups[2].Value, null) - DateTimeOffset.Parse(range.Groups[1].Value, null);
        Assert.InRange(shown.TotalMinutes, 28, 32);

        await page.GoBackAsync();
        await page.WaitForSelectorAsync(Ready);
        Assert.True(await page.IsCheckedAsync("#range-1h"));
        Assert.Empty(scene.Troubles());
    }

    [Fact]
    public async Task A_custom_range_is_entered_in_local_time_and_a_bad_one_is_refused_with_a_reason()
    {
        await using PageScene scene = await PageScene.OpenAsync(chromium, "/fibre", Ready);
        IPage page = scene.Page;

        await page.CheckAsync("#range-custom");
        await page.FillAsync("#range-from", "2026-01-10T12:00:01");
        await page.FillAsync("#range-to", "2026-01-10T11:00:02");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".range-dialog .problem")).ToContainTextAsync("The end must be after the start");

        await page.FillAsync("#range-to", "2026-01-10T13:00:02");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show", Exact = true }).ClickAsync();
        // Oslo is an hour ahead of UTC in January.
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("range=2026-01-10T11:00:01Z,2026-01-10T12:00:02Z"));
        Assert.Empty(scene.Troubles());
    }
}
