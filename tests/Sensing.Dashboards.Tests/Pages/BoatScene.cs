using Microsoft.Playwright;
using Sensing.Dashboards.Tests.Api;
using Sensing.Dashboards.Tests.Traffic;
using Sensing.Testing.Browser;

namespace Sensing.Dashboards.Tests.Pages;

/// <summary>The boat page opened over a scripted vessel, and the server behind it.</summary>
internal sealed class BoatScene : IAsyncDisposable
{
    public const string Ready = "#encounter[data-state=ok]";

    /// <summary>So much of the voyage lies behind: the crossing vessel is 1.6 nmi away, with an alarm.</summary>
    private const double PastSeconds = 240;

    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(0.4);

    private readonly WatchedPage _watched;

    private BoatScene(WatchedPage watched, ScriptedApi api, DateTimeOffset begin) => (_watched, Api, Begin) = (watched, api, begin);

    public IPage Page => _watched.Page;

    public ScriptedApi Api { get; }

    /// <summary>When the voyage began.</summary>
    public DateTimeOffset Begin { get; }

    public static async Task<BoatScene> OpenAsync(
        ChromiumFixture chromium, string path = "/boat", string? ready = Ready, BrowserNewContextOptions? options = null, TimeSpan ago = default)
    {
        WatchedPage watched = await chromium.OpenAsync(options);
        var api = new ScriptedApi();
        DateTimeOffset now = TimeProvider.System.GetUtcNow() - ago;
        Fill(api, now);
        var scene = new BoatScene(watched, api, now.AddSeconds(-PastSeconds));
        try
        {
            await api.StartAsync();
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

    /// <summary>Some minutes of the watch, an impact, and a model in shadow.</summary>
    public static void Fill(ScriptedApi api, DateTimeOffset now)
    {
        api.Store(BoatScript.Voyage(now.AddSeconds(-PastSeconds), PastSeconds), Delay);
        api.Store(
            [
                BoatScript.ModelAt(now.AddDays(-2), "1.3.0", "in-use", "1.3.0", "first model"),
                BoatScript.ModelAt(now.AddHours(-2), "1.4.0", "shadow", "1.3.0", "published: accuracy 0.967 against 0.962"),
                BoatScript.ImpactAt(now.AddMinutes(-50), 1, kind: "wave-slam", direction: 4),
                BoatScript.ImpactAt(now.AddMinutes(-30), 2),
            ],
            Delay);
    }

    /// <inheritdoc cref="WatchedPage.Troubles"/>
    public IReadOnlyList<string> Troubles(bool serverWasAway = false) => _watched.Troubles(serverWasAway);

    public async ValueTask DisposeAsync()
    {
        await _watched.DisposeAsync();
        await Api.DisposeAsync();
    }
}
