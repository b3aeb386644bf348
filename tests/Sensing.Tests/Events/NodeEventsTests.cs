using Sensing.Events;
using Sensing.Events.Node;
using Sensing.Testing.Conformance;

namespace Sensing.Tests.Events;

public class NodeEventsTests
{
    private static readonly StreamAddress Stream = new("tunnel", "cabinet-1", "node");

    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_family_conforms() => EventFamilyConformance.Check(
        NodeEvents.Family,
        NodeEvents.Notice.Create(Stream, Noon, "", new StreamNotice
        {
            Code = "gap",
            Severity = NoticeSeverity.Warning,
            Message = "Two seconds are missing.",
            Input = "a.h5",
            Position = "sample 12",
            Remedy = "Look at the recorder.",
        }),
        NodeEvents.Loss.Create(Stream, Noon, "", new OutboxLoss
        {
            Reason = "full",
            Telemetry = 3,
            Facts = 2,
            Alarms = 1,
            From = Noon.AddHours(-1),
            To = Noon,
        }),
        NodeEvents.Status.Create(Stream, Noon, "", new NodeStatus
        {
            State = NodeState.Online,
            Version = "1.0",
            StartedAt = Noon.AddDays(-1),
            SentAt = Noon,
            ClockOffsetSeconds = 0.001,
            OutboxEvents = 2,
            OutboxBytes = 900,
            OldestUnsentSeconds = 1.5,
            DeadLetters = 1,
            Streams =
            [
                new StreamStatus
                {
                    Name = "fibre-a",
                    Pipeline = "das",
                    State = StreamState.Retrying,
                    LastSample = Noon,
                    LastEvent = Noon,
                    Blocks = 10,
                    DroppedBlocks = 1,
                    Events = 8,
                    Restarts = 1,
                    Problem = "The interrogator does not answer.",
                },
            ],
        }));
}
