using Sensing.Events;

namespace Sensing.Streams;

/// <summary>Events of the site's other streams, as they are made: of this node, and of nodes whose events the broker passes on.</summary>
/// <remarks>For sources whose sensor is another pipeline, such as one that joins what several sensors have found. Nothing is kept for
/// who does not read: what was made before is not repeated, and where a reader is slow the oldest are dropped.</remarks>
public interface ISiteEvents
{
    /// <summary>Reads events of some types from now on, in the order of each stream, until <paramref name="cancellation"/>.</summary>
    /// <exception cref="OperationCanceledException">The end.</exception>
    IAsyncEnumerable<SensorEvent> ReadAsync(IReadOnlyCollection<EventTypeName> types, CancellationToken cancellation);
}
