using System.Globalization;
using Microsoft.Playwright;
using Sensing.Testing;
using Sensing.Testing.Browser;

[assembly: AssemblyFixture(typeof(ChromiumFixture))]

namespace Sensing.EndToEnd.Pages;

/// <summary>The pages over the whole chain: made-up fibre, pipeline, outbox, broker, store, query API, browser.</summary>
[TimeLimit(minutes: 4, reason: "Waits for vehicles that a road in real time brings.")]
public sealed class StandalonePageTests(ChromiumFixture chromium)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Vehicles_arrive_on_the_waterfall_while_one_looks()
    {
        await using WatchedPage watched = await chromium.OpenAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1440, Height = 1100 } });
        using var folder = new TemporaryFolder();
        await using Standalone standalone = await Standalone.StartAsync(folder["data"], [], Cancellation);
        IPage page = watched.Page;
        await page.GotoAsync(new Uri(standalone.Page, "/fibre").ToString());
        await page.WaitForSelectorAsync("#waterfall[data-state=ok]", new() { Timeout = 60_000 });

        int before = await VehiclesAsync(page);
        await page.WaitForFunctionAsync(
            "before => Number(/(\\d+) vehicle/.exec(document.querySelector('.waterfall-stage').getAttribute('aria-label'))?.[1] ?? 0) > before + 2",
            before, new PageWaitForFunctionOptions { Timeout = 120_000 });

        await Screenshot.SaveAsync(page, "standalone-fibre");
        Assert.Empty(watched.Troubles());
    }

    [Fact]
    public async Task The_overview_shows_the_node_on_the_map_and_in_the_list()
    {
        await using WatchedPage watched = await chromium.OpenAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1440, Height = 1000 } });
        using var folder = new TemporaryFolder();
        await using Standalone standalone = await Standalone.StartAsync(folder["data"], [], Cancellation);
        IPage page = watched.Page;
        await page.GotoAsync(standalone.Page.ToString());
        await page.WaitForSelectorAsync("#rate[data-state=ok]", new() { Timeout = 60_000 });

        await Assertions.Expect(page.Locator("#nodes")).ToContainTextAsync("demo", new() { Timeout = 30_000 });
        await Assertions.Expect(page.Locator("#map .leaflet-marker-icon:not(.graticule-name)")).ToHaveCountAsync(1);
        await Screenshot.SaveAsync(page, "standalone-overview");
        Assert.Empty(watched.Troubles());
    }

    private static async Task<int> VehiclesAsync(IPage page) => int.Parse(
        await page.EvaluateAsync<string>("/(\\d+) vehicle/.exec(document.querySelector('.waterfall-stage').getAttribute('aria-label'))?.[1] ?? '0'"),
        CultureInfo.InvariantCulture);
}
