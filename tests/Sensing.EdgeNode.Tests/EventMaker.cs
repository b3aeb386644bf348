using Sensing.Events;
using Sensing.Events.Node;

namespace Sensing.EdgeNode.Tests;

/// <summary>Events for tests: the number is the natural key, so that equal numbers are equal events.</summary>
internal static class EventMaker
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    public static readonly StreamAddress Stream = new("site", "node", "stream");

    public static SensorEvent Event(long number, EventPriority priority = EventPriority.Fact, int padding = 0, StreamAddress? stream = null)
    {
        SensorEvent made = NodeEvents.Notice.Create(stream ?? Stream, Noon.AddSeconds(number), $"{number}", new StreamNotice
        {
            Code = "test",
            Severity = NoticeSeverity.Info,
            Message = $"{number}",
            Remedy = padding > 0 ? new string('x', padding) : null,
        });
        return new SensorEvent(made.Id, made.Source, made.Type.ToString(), made.Time, priority, made.Data);
    }

    public static SensorEvent[] Events(int from, int count, EventPriority priority = EventPriority.Fact, int padding = 0) =>
        [.. Enumerable.Range(from, count).Select(number => Event(number, priority, padding))];

    public static long Number(SensorEvent sensorEvent) => long.Parse(NodeEvents.Notice.Read(sensorEvent).Message);
}
