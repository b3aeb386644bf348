using System.Runtime.CompilerServices;
using Sensing.Events;

namespace Sensing.Streams;

/// <summary>Where no node runs, as in a replay: no events until the end.</summary>
public sealed class NoSiteEvents : ISiteEvents
{
    public static NoSiteEvents Instance { get; } = new();

    public async IAsyncEnumerable<SensorEvent> ReadAsync(
        IReadOnlyCollection<EventTypeName> types, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation).ConfigureAwait(false);
        yield break;
    }
}
