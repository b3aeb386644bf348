using System.Text;
using Sensing.CloudIngest.Bridge;
using Sensing.CloudIngest.Log;
using Sensing.Das.Events;
using Sensing.Events;
using Sensing.Events.Node;

namespace Sensing.CloudIngest.Tests.Support;

/// <summary>Events to test with.</summary>
public static class Sample
{
    public static readonly EventCatalogue Catalogue = CloudCatalogue.Create();

    /// <summary>Reads messages of these types.</summary>
    public static readonly EventReader Events = new(Catalogue);

    public static readonly MessageReader Reader = new(Events);

    public static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    public static readonly StreamAddress Stream = new("tunnel", "cabinet-1", "fibre-a");

    /// <summary>A type that this product does not know, with any JSON in it.</summary>
    public const string OtherType = "sensing.other.fact.v1";

    public static string VehicleType => DasEvents.Vehicle.Name.ToString();

    /// <summary>A vehicle event.</summary>
    public static SensorEvent Vehicle(DateTimeOffset time, string key = "", double speedKmh = 80, StreamAddress? stream = null) =>
        DasEvents.Vehicle.Create(stream ?? Stream, time, key, new VehiclePassage
        {
            Direction = TravelDirection.Increasing,
            SpeedKmh = speedKmh,
            SpeedStandardErrorKmh = 1,
            Class = VehicleClass.Small,
            ClassProbability = 0.9,
            ReferenceM = 100,
            StartM = 0,
            EndM = 200,
            Amplitude = 1e-9,
            Confidence = 0.8,
            Track = [new TrackPoint(0, 0), new TrackPoint(5, 200)],
        });

    /// <summary>An event of a type that this product does not know.</summary>
    public static SensorEvent Other(string id, DateTimeOffset time, string data = "{}", StreamAddress? stream = null, string type = OtherType) =>
        new(id, stream ?? Stream, type, time, EventPriority.Fact, Encoding.UTF8.GetBytes(data));

    public static SensorEvent Waterfall(DateTimeOffset time, string levels = "AAAA") =>
        DasEvents.Waterfall.Create(Stream, time, "", new WaterfallTile
        {
            Rows = 1,
            Columns = 3,
            StepSeconds = 1,
            FirstM = 0,
            StepM = 1,
            Scale = 1,
            Unit = "1",
            Levels = levels,
        });

    public static NodeStatus Status(NodeState state = NodeState.Online) => new()
    {
        State = state,
        Version = "1.0",
        StartedAt = Noon,
        SentAt = Noon,
        OutboxEvents = 0,
        OutboxBytes = 0,
        OldestUnsentSeconds = 0,
        DeadLetters = 0,
        Streams = [],
    };

    public static byte[] StatusJson(NodeState state = NodeState.Online) =>
        System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(Status(state), NodeEventJson.Default.NodeStatus);

    public static EventRecord Record(SensorEvent sensorEvent, DateTimeOffset? arrival = null) =>
        new(sensorEvent, null, arrival ?? sensorEvent.Time.AddSeconds(1));
}
