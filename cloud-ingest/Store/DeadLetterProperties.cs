using System.Text;
using System.Text.Json;
using Sensing.CloudIngest.Log;
using Sensing.Events;

namespace Sensing.CloudIngest.Store;

/// <summary>Attributes of a dead letter as one JSON object, so that a person can put the message together again.</summary>
public static class DeadLetterProperties
{
    public static string Of(IEnumerable<KeyValuePair<string, string>> properties)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach ((string name, string value) in properties)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    public static string Of(SensorEvent sensorEvent) => Of(
    [
        new("specversion", "1.0"),
        new("id", sensorEvent.Id),
        new("source", sensorEvent.Source.Source),
        new("type", sensorEvent.Type.ToString()),
        new("time", EventTime.Format(sensorEvent.Time)),
    ]);

    /// <summary>The dead letter of an event whose pair of stream and type is one too many.</summary>
    internal static DeadLetterRecord TooManySeries(EventRecord item, int maxSeries) => new(
        item.Event.Topic, Of(item.Event), item.Event.Data,
        $"the store holds {maxSeries} pairs of stream and type, as many as store.maxSeries allows", item.Arrival);
}
