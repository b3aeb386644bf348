using Microsoft.Playwright;
using Sensing.Dashboards.Tests.Api;
using Sensing.Dashboards.Tests.Traffic;
using Sensing.Testing.Browser;

namespace Sensing.Dashboards.Tests.Pages;

/// <summary>The drones page opened over two scripted edges, and the server behind it.</summary>
internal sealed class DroneScene : IAsyncDisposable
{
    public const string Ready = "#fates[data-state=ok]";

    /// <summary>Reports of each edge before the page is opened.</summary>
    public const int Reports = 96;

    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(0.4);

    private readonly WatchedPage _watched;

    private DroneScene(WatchedPage watched, ScriptedApi api, DateTimeOffset end) =>
        (_watched, Api, End) = (watched, api, end);

    public IPage Page => _watched.Page;

    public ScriptedApi Api { get; }

    /// <summary>End of the last period that is stored.</summary>
    public DateTimeOffset End { get; }

    /// <param name="chromium">The browser.</param>
    /// <param name="path">The page, from the root.</param>
    /// <param name="ready">Selector to wait for.</param>
    /// <param name="options">Size and colours.</param>
    /// <param name="ago">How long the edges have been silent.</param>
    public static async Task<DroneScene> OpenAsync(
        ChromiumFixture chromium,
        string path = "/drones?range=live",
        string ready = Ready,
        BrowserNewContextOptions? options = null,
        TimeSpan ago = default)
    {
        WatchedPage watched = await chromium.OpenAsync(options);
        var api = new ScriptedApi();
        var scene = new DroneScene(watched, api, Fill(api, TimeProvider.System.GetUtcNow() - ago));
        try
        {
            await api.StartAsync();
            await scene.Page.GotoAsync(new Uri(api.Address, path).ToString());
            await scene.Page.WaitForSelectorAsync(ready);
            return scene;
        }
        catch
        {
            await scene.DisposeAsync();
            throw;
        }
    }

    /// <summary>Eight minutes of two edges; the cloud was held back for one of them.</summary>
    /// <returns>End of the last period.</returns>
    public static DateTimeOffset Fill(ScriptedApi api, DateTimeOffset now)
    {
        DateTimeOffset end = now.AddTicks(-(now.UtcTicks % DroneScript.Period.Ticks));
        for (int i = Reports - 1; i >= 0; i--)
        {
            DateTimeOffset time = end - (i * DroneScript.Period);
            bool isHeldBack = i is >= 40 and < 52;
            string cloud = isHeldBack ? "HeldBack" : "Reachable";
            api.Store(
                [
                    DroneScript.QosAt(DroneScript.Harbour, time, cloud, failed: isHeldBack),
                    DroneScript.QosAt(DroneScript.Quarry, time, cloud: null, bounded: false),
                ],
                Delay);
        }

        for (int i = 12; i >= 0; i--)
        {
            DateTimeOffset time = end.AddSeconds(-i);
            api.Store(
                [
                    DroneScript.ResultAt(DroneScript.Harbour, "alpha", time, pictured: i == 2),
                    DroneScript.ResultAt(DroneScript.Harbour, "bravo", time, pictured: false),
                    DroneScript.ResultAt(DroneScript.Quarry, "charlie", time, pictured: i == 2),
                ],
                Delay);
        }

        return end;
    }

    /// <inheritdoc cref="WatchedPage.Troubles"/>
    public IReadOnlyList<string> Troubles(bool serverWasAway = false) => _watched.Troubles(serverWasAway);

    public async ValueTask DisposeAsync()
    {
        await _watched.DisposeAsync();
        await Api.DisposeAsync();
    }
}
