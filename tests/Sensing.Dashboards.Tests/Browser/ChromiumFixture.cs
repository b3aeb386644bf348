using Microsoft.Playwright;

namespace Sensing.Dashboards.Tests.Browser;

/// <summary>One headless Chromium for all page tests; they are skipped, with a message, where none is installed.</summary>
public sealed class ChromiumFixture : IAsyncLifetime
{
    /// <summary>Debian's and others' places; <c>SENSING_CHROMIUM</c> names another.</summary>
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        string? path = Environment.GetEnvironmentVariable("SENSING_CHROMIUM") ?? Places.FirstOrDefault(File.Exists);
        if (path is null)
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = path,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
    }

    /// <summary>A page in a context of its own that notes every console message, page error and failed request.</summary>
    public async Task<WatchedPage> OpenAsync(BrowserNewContextOptions? options = null)
    {
        Assert.SkipWhen(_browser is null, "No Chromium here (Debian: apt-get install chromium; or name one in SENSING_CHROMIUM): the pages are not tested.");
        options ??= new BrowserNewContextOptions();
        options.TimezoneId ??= "Europe/Oslo";
        options.Locale ??= "en-GB";
        IBrowserContext context = await _browser.NewContextAsync(options);
        return new WatchedPage(context, await context.NewPageAsync());
    }
}
