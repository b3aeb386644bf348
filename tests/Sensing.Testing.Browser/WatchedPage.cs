using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Sensing.Testing.Browser;

/// <summary>A page and everything that went wrong in it.</summary>
public sealed class WatchedPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _troubles = new();

    public WatchedPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _troubles.Enqueue($"console {message.Type}: {message.Text}");
            }
        };
        page.PageError += (_, error) => _troubles.Enqueue($"uncaught: {error}");
    }

    public IPage Page { get; }

    public IBrowserContext Context => _context;

    /// <summary>Console errors and warnings, uncaught exceptions. A server that is away on purpose makes the browser itself
    /// report failed loads: those are not the page's.</summary>
    public IReadOnlyList<string> Troubles(bool serverWasAway = false) =>
        [.. _troubles.Where(t => !serverWasAway || !t.Contains("Failed to load resource", StringComparison.Ordinal))];

    public ValueTask DisposeAsync() => new(_context.CloseAsync());
}
