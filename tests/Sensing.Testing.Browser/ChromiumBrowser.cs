using Microsoft.Playwright;

namespace Sensing.Testing.Browser;

/// <summary>One headless Chromium.</summary>
public sealed class ChromiumBrowser : IAsyncDisposable
{
    /// <summary>What to do where there is none.</summary>
    public const string Missing = "No Chromium here (Debian: apt-get install chromium; or name one in SENSING_CHROMIUM)";

    /// <summary>Debian's and others' places; <c>SENSING_CHROMIUM</c> names another.</summary>
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private ChromiumBrowser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>Starts one; null where none is installed.</summary>
    public static async Task<ChromiumBrowser?> LaunchAsync()
    {
        string? path = Environment.GetEnvironmentVariable("SENSING_CHROMIUM") ?? Places.FirstOrDefault(File.Exists);
        if (path is null)
        {
            return null;
        }

        IPlaywright playwright = await Playwright.CreateAsync();
        return new ChromiumBrowser(playwright, await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = path,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        }));
    }

    /// <summary>A page in a context of its own, nothing cached, that notes every console message, page error and failed request.</summary>
    public async Task<WatchedPage> OpenAsync(BrowserNewContextOptions? options = null)
    {
        options ??= new BrowserNewContextOptions();
        options.TimezoneId ??= "Europe/Oslo";
        options.Locale ??= "en-GB";
        IBrowserContext context = await _browser.NewContextAsync(options);
        return new WatchedPage(context, await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.CloseAsync();
        _playwright.Dispose();
    }
}
