using Microsoft.Playwright;
using Sensing.Dashboards.Tests.Api;
using Sensing.Dashboards.Tests.Traffic;
using Sensing.Events;
using Sensing.Testing.Browser;

namespace Sensing.Dashboards.Tests.Pages;

/// <summary>The junction page opened over a scripted junction, and the server behind it.</summary>
internal sealed class JunctionScene : IAsyncDisposable
{
    public const string Ready = "#index[data-state=ok]";

    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(0.4);

    private readonly WatchedPage _watched;

    private JunctionScene(WatchedPage watched, ScriptedApi api) => (_watched, Api) = (watched, api);

    public IPage Page => _watched.Page;

    public ScriptedApi Api { get; }

    /// <param name="chromium">The browser.</param>
    /// <param name="path">The page, from the root.</param>
    /// <param name="ready">Selector to wait for; absent: the page is only loaded.</param>
    /// <param name="options">Size and colours.</param>
    /// <param name="signals">Whether the junction has signals.</param>
    /// <param name="incidents">Whether something has happened.</param>
    public static async Task<JunctionScene> OpenAsync(
        ChromiumFixture chromium, string path = "/junction", string? ready = Ready, BrowserNewContextOptions? options = null, bool signals = true, bool incidents = false)
    {
        WatchedPage watched = await chromium.OpenAsync(options);
        var scene = new JunctionScene(watched, new ScriptedApi());
        try
        {
            Fill(scene.Api, TimeProvider.System.GetUtcNow(), signals, incidents);
            await scene.Api.StartAsync();
            await scene.Page.GotoAsync(new Uri(scene.Api.Address, path).ToString());
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

    /// <summary>An hour of approaches and plans, a day of counts, a picture of each camera.</summary>
    public static void Fill(ScriptedApi api, DateTimeOffset now, bool signals = true, bool incidents = false)
    {
        api.Store(JunctionScript.Approaches(now.AddHours(-1), now), Delay);
        api.Store(JunctionScript.Counts(now.AddHours(-26), now), Delay);
        api.Store([JunctionScript.SnapshotAt(JunctionScript.North, now.AddSeconds(-4)), JunctionScript.SnapshotAt(JunctionScript.East, now.AddSeconds(-7))], Delay);
        if (signals)
        {
            api.Store(JunctionScript.Plans(now.AddHours(-1), now).Append(JunctionScript.PlanAt(now)), Delay);
        }

        if (incidents)
        {
            api.Store(
                [
                    JunctionScript.AlarmAt(now.AddMinutes(-30), "Standing"),
                    JunctionScript.FaultAt(now.AddMinutes(-45), now.AddMinutes(-45), null),
                    JunctionScript.FaultAt(now.AddMinutes(-40), now.AddMinutes(-45), now.AddMinutes(-40)),
                    JunctionScript.AlarmAt(now.AddSeconds(-20), "WrongWay"),
                    JunctionScript.EmergencyAt(now.AddSeconds(-1), now.AddSeconds(-6), now.AddSeconds(26)),
                ],
                Delay);
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
