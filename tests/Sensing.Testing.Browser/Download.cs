using Microsoft.Playwright;

namespace Sensing.Testing.Browser;

/// <summary>What a click hands to the browser's downloads.</summary>
public static class Download
{
    public static async Task<(string Name, byte[] Content)> ByClickingAsync(IPage page, string selector, CancellationToken cancellation)
    {
        IDownload download = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync(selector));
        await using Stream content = await download.CreateReadStreamAsync();
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, cancellation);
        return (download.SuggestedFilename, copy.ToArray());
    }
}
