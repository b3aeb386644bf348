using Microsoft.Playwright;

namespace Sensing.Dashboards.Tests.Browser;

/// <summary>What a click hands to the browser's downloads.</summary>
internal static class Download
{
    public static async Task<(string Name, byte[] Content)> ByClickingAsync(IPage page, string selector)
    {
        IDownload download = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync(selector));
        await using Stream content = await download.CreateReadStreamAsync();
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, TestContext.Current.CancellationToken);
        return (download.SuggestedFilename, copy.ToArray());
    }
}
