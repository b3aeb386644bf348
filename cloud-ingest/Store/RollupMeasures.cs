using System.Text.Json;
using Sensing.Das.Events;
using Sensing.Events;

namespace Sensing.CloudIngest.Store;

/// <summary>Which number of which event type is summed up in roll-ups, beside the count. A further one is one line here.</summary>
public static class RollupMeasures
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        [DasEvents.Vehicle.Name.ToString()] = "speedKmh",
    };

    /// <summary>Name of the number, a top-level property of the payload; null where the type has none.</summary>
    public static string? Of(string type) => Names.GetValueOrDefault(type);

    /// <summary>The number in <paramref name="data"/>; null where it is absent.</summary>
    public static double? Read(string name, ReadOnlySpan<byte> data)
    {
        var reader = new Utf8JsonReader(data);
        while (reader.Read())
        {
            if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool found = reader.ValueTextEquals(name);
                reader.Read();
                if (found)
                {
                    return reader.TokenType == JsonTokenType.Number ? reader.GetDouble() : null;
                }

                reader.Skip();
            }
        }

        return null;
    }
}
