using System.Collections.Immutable;
using System.Threading.Channels;
using Sensing.Events;
using Sensing.Streams;

namespace Sensing.EdgeNode.Streams;

/// <summary>Passes events from the streams that make them to the streams that read them.</summary>
public sealed class SiteEvents : ISiteEvents
{
    /// <summary>Events that may wait for one reader; beyond it the oldest are dropped.</summary>
    private const int MostWaiting = 1024;

    private ImmutableArray<Reader> _readers = [];

    /// <summary>The types that are being read changed.</summary>
    public event Action? Changed;

    /// <summary>The types that are being read.</summary>
    public IReadOnlyCollection<EventTypeName> Types => [.. _readers.SelectMany(reader => reader.Types).Distinct()];

    /// <summary>Hands events to those who read their types. Never waits.</summary>
    public void Publish(IReadOnlyList<SensorEvent> events)
    {
        foreach (Reader reader in _readers)
        {
            foreach (SensorEvent made in events)
            {
                if (reader.Types.Contains(made.Type))
                {
                    reader.Waiting.Writer.TryWrite(made);
                }
            }
        }
    }

    /// <summary>As <see cref="ISiteEvents.ReadAsync"/>; reading begins with the call, not with the first item.</summary>
    public IAsyncEnumerable<SensorEvent> ReadAsync(IReadOnlyCollection<EventTypeName> types, CancellationToken cancellation)
    {
        var reader = new Reader([.. types], Channel.CreateBounded<SensorEvent>(
            new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }));
        ImmutableInterlocked.Update(ref _readers, readers => readers.Add(reader));
        Changed?.Invoke();
        return Read(reader, cancellation);
    }

    private async IAsyncEnumerable<SensorEvent> Read(
        Reader reader, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        try
        {
            await foreach (SensorEvent made in reader.Waiting.Reader.ReadAllAsync(cancellation))
            {
                yield return made;
            }
        }
        finally
        {
            ImmutableInterlocked.Update(ref _readers, readers => readers.Remove(reader));
            Changed?.Invoke();
        }
    }

    private sealed record Reader(ImmutableHashSet<EventTypeName> Types, Channel<SensorEvent> Waiting);
}
