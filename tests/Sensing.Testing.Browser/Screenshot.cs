using Microsoft.Playwright;

namespace Sensing.Testing.Browser;

/// <summary>Pictures for a person to look at, written only where <c>SENSING_SCREENSHOTS</c> names a folder.</summary>
public static class Screenshot
{
    public static async Task SaveAsync(IPage page, string name, bool fullPage = true)
    {
        if (Environment.GetEnvironmentVariable("SENSING_SCREENSHOTS") is { Length: > 0 } folder)
        {
            // Two frames: what the last event changed has been painted.
            await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.png"), FullPage = fullPage });
        }
    }
}
