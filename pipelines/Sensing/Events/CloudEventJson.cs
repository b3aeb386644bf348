using System.Buffers;
using System.Text.Json;

namespace Sensing.Events;

/// <summary>Events in the CloudEvents 1.0 JSON format (structured mode): one line of a replay's output, one item of the query API.</summary>
public static class CloudEventJson
{
    /// <summary>The event as UTF-8 JSON without a line break.</summary>
    public static byte[] Write(SensorEvent sensorEvent)
    {
        var buffer = new ArrayBufferWriter<byte>(sensorEvent.Data.Length + 256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            Write(json, sensorEvent);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <param name="json">Where the object is written.</param>
    /// <param name="sensorEvent">The event.</param>
    /// <param name="extensions">Writes further attributes: names of a-z and 0-9, as CloudEvents asks of extensions.</param>
    public static void Write(Utf8JsonWriter json, SensorEvent sensorEvent, Action<Utf8JsonWriter>? extensions = null)
    {
        json.WriteStartObject();
        json.WriteString("specversion", "1.0");
        json.WriteString("id", sensorEvent.Id);
        json.WriteString("source", sensorEvent.Source.Source);
        json.WriteString("type", sensorEvent.Type.ToString());
        json.WriteString("time", EventTime.Format(sensorEvent.Time));
        json.WriteString("datacontenttype", "application/json");
        extensions?.Invoke(json);
        json.WritePropertyName("data");
        json.WriteRawValue(sensorEvent.Data.Span);
        json.WriteEndObject();
    }

    /// <summary>The event in <paramref name="utf8"/>; its priority is what <paramref name="catalogue"/> says of its type.</summary>
    /// <returns>False, with what is wrong, where it is not a valid event of this product.</returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> utf8,
        EventCatalogue catalogue,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SensorEvent? sensorEvent,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out string? problem)
    {
        sensorEvent = null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("data", out JsonElement data))
            {
                problem = "not a JSON object with 'data'";
                return false;
            }

            return EventAttributes.TryAssemble(
                catalogue, Text("specversion"), Text("id"), Text("source"), Text("type"), Text("time"),
                System.Text.Encoding.UTF8.GetBytes(data.GetRawText()), out sensorEvent, out problem);

            string? Text(string name) =>
                root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (JsonException error)
        {
            problem = $"not JSON: {error.Message}";
            return false;
        }
    }
}
