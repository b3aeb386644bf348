using System.Text.Json;
using Microsoft.Playwright;
using Sensing.Dashboards.Tests.Api;
using Sensing.Testing.Browser;
using Sensing.Testing;

namespace Sensing.Dashboards.Tests.Pages;

/// <summary>What axe-core finds (WCAG 2.2 A and AA), the keyboard, and narrow screens.</summary>
[Collection(PageTests.Name)]
public sealed class AccessibilityTests(ChromiumFixture chromium)
{
    private static readonly string[] Rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

    [Theory]
    [InlineData("/", ColorScheme.Light, 1440)]
    [InlineData("/", ColorScheme.Dark, 1440)]
    [InlineData("/", ColorScheme.Light, 390)]
    [InlineData("/fibre", ColorScheme.Light, 1440)]
    [InlineData("/fibre", ColorScheme.Dark, 1440)]
    [InlineData("/fibre", ColorScheme.Dark, 390)]
    [InlineData("/junction", ColorScheme.Light, 1440)]
    [InlineData("/junction", ColorScheme.Dark, 390)]
    [InlineData("/boat", ColorScheme.Light, 1440)]
    [InlineData("/boat", ColorScheme.Dark, 390)]
    [InlineData("/drones", ColorScheme.Light, 1440)]
    [InlineData("/drones", ColorScheme.Dark, 390)]
    public async Task Axe_finds_nothing(string path, ColorScheme scheme, int width)
    {
        await using WatchedPage watched = await chromium.OpenAsync(new BrowserNewContextOptions
        {
            ColorScheme = scheme,
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
        });
        (ScriptedApi api, _) = await Scene.StartAsync(history: 1.2);
        await using ScriptedApi server = api;
        Scene.ReportNodes(api);
        JunctionScene.Fill(api, TimeProvider.System.GetUtcNow(), incidents: true);
        BoatScene.Fill(api, TimeProvider.System.GetUtcNow());
        DroneScene.Fill(api, TimeProvider.System.GetUtcNow());
        IPage page = watched.Page;
        await page.GotoAsync(new Uri(api.Address, path).ToString());
        await page.WaitForSelectorAsync(ReadyOf(path));
        await page.ClickAsync($"{(path == "/" ? "#rate" : path == "/fibre" ? "#flow" : path == "/boat" ? "#encounter" : path == "/drones" ? "#fates" : "#measure")} button[title='Show as table']");

        string axe = await File.ReadAllTextAsync(
            Path.Combine(Repository.Root, "dashboards", "client", "node_modules", "axe-core", "axe.min.js"), TestContext.Current.CancellationToken);
        await page.EvaluateAsync(axe);
        JsonElement result = (await page.EvaluateAsync("rules => axe.run(document, { runOnly: rules })", Rules))!.Value;

        Assert.True(result.GetProperty("passes").GetArrayLength() > 15, "axe looked at next to nothing");
        Assert.Empty(result.GetProperty("violations").EnumerateArray().Select(v =>
            $"{v.GetProperty("id")}: {v.GetProperty("help")} {string.Join("; ", v.GetProperty("nodes").EnumerateArray().Select(n => n.GetProperty("html").ToString()).Take(3))}"));
    }

    [Theory]
    [InlineData("/", 360)]
    [InlineData("/", 1024)]
    [InlineData("/", 2560)]
    [InlineData("/fibre", 360)]
    [InlineData("/fibre", 1024)]
    [InlineData("/fibre", 2560)]
    [InlineData("/junction", 360)]
    [InlineData("/boat", 360)]
    [InlineData("/drones", 360)]
    public async Task A_page_never_scrolls_sideways(string path, int width)
    {
        await using WatchedPage watched = await chromium.OpenAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = 740 } });
        (ScriptedApi api, _) = await Scene.StartAsync(history: 1.2);
        await using ScriptedApi server = api;
        Scene.ReportNodes(api);
        JunctionScene.Fill(api, TimeProvider.System.GetUtcNow(), incidents: true);
        BoatScene.Fill(api, TimeProvider.System.GetUtcNow());
        DroneScene.Fill(api, TimeProvider.System.GetUtcNow());
        await watched.Page.GotoAsync(new Uri(api.Address, path).ToString());
        await watched.Page.WaitForSelectorAsync(ReadyOf(path));

        Assert.True(await watched.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width);
    }

    private static string ReadyOf(string path) => path switch
    {
        "/" => "#rate[data-state=ok]",
        "/fibre" => "#histogram[data-state=ok]",
        "/boat" => BoatScene.Ready,
        "/drones" => DroneScene.Ready,
        _ => JunctionScene.Ready,
    };

    [Fact]
    public async Task The_keyboard_reaches_everything()
    {
        await using WatchedPage watched = await chromium.OpenAsync(new BrowserNewContextOptions { ColorScheme = ColorScheme.Light });
        (ScriptedApi api, _) = await Scene.StartAsync(history: 1.2);
        await using ScriptedApi server = api;
        IPage page = watched.Page;
        await page.GotoAsync(api.Address.ToString());
        await page.WaitForSelectorAsync("#rate[data-state=ok]");

        await page.Keyboard.PressAsync("2");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Fibre", new() { Timeout = 15_000 });
        await page.WaitForSelectorAsync("#histogram[data-state=ok]");

        await page.Keyboard.PressAsync("t");
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");

        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.Locator("#help")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#help")).ToBeHiddenAsync();

        await page.Keyboard.PressAsync("w");
        await Assertions.Expect(page.Locator(".waterfall-stage")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("at=20"));
        await Assertions.Expect(page.Locator("#waterfall-live")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Home");
        await Assertions.Expect(page.Locator("#waterfall-live")).ToBeHiddenAsync();

        await page.FocusAsync("#flow .plot");
        await page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(page.Locator("#flow [role=status].hidden").Last).ToContainTextAsync("veh/h");
        Assert.Empty(watched.Troubles());
    }

    [Fact]
    public async Task A_chosen_theme_stays_chosen()
    {
        await using WatchedPage watched = await chromium.OpenAsync(new BrowserNewContextOptions { ColorScheme = ColorScheme.Light });
        await using var api = new ScriptedApi();
        await api.StartAsync();
        await watched.Page.GotoAsync(api.Address.ToString());
        await watched.Page.ClickAsync("#theme");

        await watched.Page.GotoAsync(new Uri(api.Address, "/fibre").ToString());

        Assert.Equal("dark", await watched.Page.GetAttributeAsync("html", "data-theme"));
        Assert.Equal("rgb(15, 21, 25)", await watched.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
    }
}
