using System.Text.Json;
using Sensing.CloudIngest.Store;
using Sensing.Events;

namespace Sensing.CloudIngest.Query;

/// <summary>A stored event as CloudEvents JSON with the extension attributes <c>arrival</c>, <c>sensingcommitted</c>, <c>late</c> and <c>future</c>.</summary>
public static class StoredEventJson
{
    public static void Write(Utf8JsonWriter json, StoredEvent stored) => CloudEventJson.Write(json, stored.Event, writer =>
    {
        writer.WriteString("arrival", EventTime.Format(stored.Arrival));
        if (stored.Committed is { } committed)
        {
            writer.WriteString("sensingcommitted", EventTime.Format(committed));
        }

        if (stored.Flags.HasFlag(EventFlags.Late))
        {
            writer.WriteBoolean("late", true);
        }

        if (stored.Flags.HasFlag(EventFlags.Future))
        {
            writer.WriteBoolean("future", true);
        }
    });
}
