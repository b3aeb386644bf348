using Sensing.Events;
using Sensing.Events.Node;
using Sensing.Modules.SiteEvents;
using Sensing.Testing.Conformance;

namespace Sensing.EdgeNode.Tests.SiteStreams;

public sealed class EventFileSourceConformance() : SourceConformance<SiteEvent>(Recording)
{
    private static SourceUnderTest<SiteEvent> Recording()
    {
        SensorEvent[] events = EventMaker.Events(0, 200);
        var test = new SourceUnderTest<SiteEvent>
        {
            Open = test => new EventFileSource(
                [NodeEvents.Notice.Name], new EventFileSourceOptions { File = "events.ndjson" }, test.Context),
            OpenAbsent = test => new EventFileSource(
                [NodeEvents.Notice.Name], new EventFileSourceOptions { File = "absent" }, test.Context),
            Readings = sample => [new TimedValues(sample.Time, [EventMaker.Number(sample.Event!)])],
            Expected = [.. events.Select(item => new TimedValues(item.Time, [EventMaker.Number(item)]))],
        };
        File.WriteAllLines(
            Path.Combine(test.Folder, "events.ndjson"), events.Select(item => System.Text.Encoding.UTF8.GetString(CloudEventJson.Write(item))));
        return test;
    }
}
