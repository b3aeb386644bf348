using Microsoft.Playwright;
using Sensing.Dashboards.Tests.Api;
using Sensing.Dashboards.Tests.Traffic;
using Sensing.Testing.Browser;

namespace Sensing.Dashboards.Tests.Pages;

/// <summary>A page opened over the scene: its browser context and the server behind it.</summary>
internal sealed class PageScene : IAsyncDisposable
{
    private readonly WatchedPage _watched;

    private PageScene(WatchedPage watched, ScriptedApi api, TrafficScript traffic)
    {
        _watched = watched;
        Api = api;
        Traffic = traffic;
    }

    public IPage Page => _watched.Page;

    public ScriptedApi Api { get; }

    public TrafficScript Traffic { get; }

    /// <summary>Opens a page and waits for what shows that it is there.</summary>
    /// <param name="chromium">The browser.</param>
    /// <param name="path">The page, from the root.</param>
    /// <param name="ready">Selector to wait for; absent: the page is only loaded.</param>
    /// <param name="history">How much traffic is stored; hours.</param>
    /// <param name="nodes">Whether nodes report how they are.</param>
    public static async Task<PageScene> OpenAsync(ChromiumFixture chromium, string path, string? ready = null, double history = 2, bool nodes = false)
    {
        WatchedPage watched = await chromium.OpenAsync();
        (ScriptedApi api, TrafficScript traffic) = await Scene.StartAsync(history);
        var scene = new PageScene(watched, api, traffic);
        try
        {
            if (nodes)
            {
                Scene.ReportNodes(api);
            }

            await scene.Page.GotoAsync(new Uri(api.Address, path).ToString());
            if (ready is not null)
            {
                await scene.Page.WaitForSelectorAsync(ready);
            }

            return scene;
        }
        catch
        {
            await scene.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc cref="WatchedPage.Troubles"/>
    public IReadOnlyList<string> Troubles(bool serverWasAway = false) => _watched.Troubles(serverWasAway);

    public async ValueTask DisposeAsync()
    {
        await _watched.DisposeAsync();
        await Api.DisposeAsync();
    }
}
