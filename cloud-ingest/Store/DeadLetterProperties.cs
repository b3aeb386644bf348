using System.Text;
using System.Text.Json;
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
}
