using Sensing.Events;

namespace Sensing.EdgeNode.Tests;

/// <summary>The event types of the real node.</summary>
internal static class Known
{
    public static EventCatalogue Events { get; } = NodeCatalogue.Create().Events;
}
