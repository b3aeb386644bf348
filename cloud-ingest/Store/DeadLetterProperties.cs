using System.Text;
using System.Text.Json;
using Sensing.CloudIngest.Configuration;
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
    internal static DeadLetterRecord TooManySeries(EventRecord item, StoreOptions options) => DeadLetters.Of(
        item,
        $"the pair of stream and type is one too many: store.maxSeries allows {options.MaxSeries} in all, store.maxSeriesPerNode {options.MaxSeriesPerNode} of a node")
    with
    { Kind = DeadLetterKind.Series };

    /// <summary>The dead letter of the status of a node that is one too many.</summary>
    internal static DeadLetterRecord TooManyNodes(NodeStatusRecord status, StoreOptions options) => DeadLetters.Of(
        status, $"the node is one too many: store.maxNodes allows {options.MaxNodes} in all, and a node can have the same name at {StoreOptions.MaxSitesPerNode} sites")
    with
    { Kind = DeadLetterKind.Series };
}
