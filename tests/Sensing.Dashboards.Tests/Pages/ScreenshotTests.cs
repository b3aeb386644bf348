using Microsoft.Playwright;
using Sensing.Dashboards.Tests.Api;
using Sensing.Testing.Browser;

namespace Sensing.Dashboards.Tests.Pages;

/// <summary>Pictures for a person to look at, written where <c>SENSING_SCREENSHOTS</c> says; the pages must draw without a console message.</summary>
[Collection(PageTests.Name)]
public sealed class ScreenshotTests(ChromiumFixture chromium)
{
    public static TheoryData<string, string, int, int, ColorScheme> Views => new()
    {
        { "overview-light", "/", 1440, 1000, ColorScheme.Light },
        { "overview-dark", "/", 1440, 1000, ColorScheme.Dark },
        { "overview-phone", "/", 390, 844, ColorScheme.Light },
        { "fibre-light", "/fibre", 1440, 1100, ColorScheme.Light },
        { "fibre-dark", "/fibre", 1440, 1100, ColorScheme.Dark },
        { "fibre-phone", "/fibre", 390, 844, ColorScheme.Dark },
        { "fibre-wall", "/fibre?range=24h&classes=each", 2560, 1440, ColorScheme.Dark },
        { "overview-wall", "/?range=24h", 2560, 1440, ColorScheme.Light },
    };

    [Theory]
    [MemberData(nameof(Views))]
    public async Task A_page_draws_itself(string name, string path, int width, int height, ColorScheme scheme)
    {
        await using WatchedPage watched = await chromium.OpenAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
        });
        (ScriptedApi api, _) = await Scene.StartAsync(history: 26);
        await using ScriptedApi server = api;
        Scene.ReportNodes(api);
        await watched.Page.GotoAsync(new Uri(api.Address, path).ToString());
        await watched.Page.WaitForSelectorAsync(path.StartsWith("/fibre", StringComparison.Ordinal)
            ? "#histogram[data-state=ok]"
            : "#rate[data-state=ok]");
        if (path.StartsWith("/fibre", StringComparison.Ordinal))
        {
            await watched.Page.WaitForSelectorAsync("#waterfall[data-state=ok]");
        }

        await Screenshot.SaveAsync(watched.Page, name);
        Assert.Empty(watched.Troubles());
    }
}
