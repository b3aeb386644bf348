using System.Text;
using MQTTnet;
using Sensing.Das.Events;
using Sensing.Events;
using Sensing.Testing.Delivery;

namespace Sensing.Benchmarks.Cloud;

/// <summary>Good events of one node, and what another one sends that somebody behind the tier cannot hold, read or add up.</summary>
public static class PoisonEvents
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    /// <summary>What takes the place of the speed in a payload that is otherwise right.</summary>
    private static readonly string[] Numbers = ["1.7e308", "-1.7e308", "1e999", "-1e999", "0e20000", "1e-20000", "80,\"added\":\"\\u0000\"", "80,\"added\":\"\\ud800\""];

    public static SensorEvent Good(int number) => Vehicle("good", number);

    /// <summary>All in the roll-up buckets of one stream; every second kind is of a type that nobody knows.</summary>
    public static MqttApplicationMessage Poison(int number)
    {
        SensorEvent item = Vehicle("hostile", number);
        string replaced = Encoding.UTF8.GetString(item.Data.Span).Replace("\"speedKmh\":80", "\"speedKmh\":" + Numbers[number % Numbers.Length], StringComparison.Ordinal);
        byte[] data = number % 10 == 9 ? Encoding.Latin1.GetBytes(replaced.Replace("{\"", "{\"\u00e4\":1,\"", StringComparison.Ordinal)) : Encoding.UTF8.GetBytes(replaced);
        return Mqtt.Message(new SensorEvent(item.Id, item.Source, item.Type, item.Time, item.Priority, data));
    }

    private static SensorEvent Vehicle(string node, int number) => DasEvents.Vehicle.Create(
        new StreamAddress("site", node, $"stream-{number % 4}"), Start.AddSeconds(number), "", new VehiclePassage
        {
            Direction = TravelDirection.Increasing,
            SpeedKmh = 80,
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
}
