using Sensing.Events;
using Sensing.Events.Node;

namespace Sensing.EdgeNode.Streams;

/// <summary>Notices as events.</summary>
internal static class StreamEvents
{
    /// <summary>A source's notice: the same input gives the same id.</summary>
    public static SensorEvent OfSource(StreamAddress address, StreamNotice notice, DateTimeOffset time) =>
        NodeEvents.Notice.Create(address, time, $"{notice.Code}|{notice.Input}|{notice.Position}", notice);

    /// <summary>A notice of the node about a stream; its time is the node's.</summary>
    public static SensorEvent OfNode(StreamAddress address, DateTimeOffset now, string code, NoticeSeverity severity, string message, Exception? cause = null)
    {
        var source = cause as Sensing.Streams.SourceException;
        return NodeEvents.Notice.Create(address, now, code, new StreamNotice
        {
            Code = code,
            Severity = severity,
            Message = message,
            Input = source?.Input,
            Position = source?.Position,
            Remedy = source?.Remedy,
        });
    }
}
