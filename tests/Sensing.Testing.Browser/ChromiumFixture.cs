using Microsoft.Playwright;
using Xunit;

namespace Sensing.Testing.Browser;

/// <summary>One headless Chromium for all page tests of an assembly; they are skipped, with a message, where none is installed.</summary>
public sealed class ChromiumFixture : IAsyncLifetime
{
    private ChromiumBrowser? _browser;

    public async ValueTask InitializeAsync() => _browser = await ChromiumBrowser.LaunchAsync();

    public ValueTask DisposeAsync() => _browser?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <inheritdoc cref="ChromiumBrowser.OpenAsync"/>
    public Task<WatchedPage> OpenAsync(BrowserNewContextOptions? options = null)
    {
        Assert.SkipWhen(_browser is null, $"{ChromiumBrowser.Missing}: the pages are not tested.");
        return _browser.OpenAsync(options);
    }
}
