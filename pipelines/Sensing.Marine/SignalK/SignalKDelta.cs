using System.Text.Json;
using Sensing.Events;
using Sensing.Marine.Geodesy;
using Sensing.Marine.Watch;

namespace Sensing.Marine.SignalK;

/// <summary>Deltas of the Signal K data model 1.7: SI units, one path in each.</summary>
internal static class SignalKDelta
{
    /// <summary>Own ship, as deltas call it.</summary>
    private const string Self = "vessels.self";

    private const string Label = "sensing";

    /// <summary>How close a vessel comes and when; null: it is past, or not known any more.</summary>
    public static byte[] ClosestApproach(DateTimeOffset time, int mmsi, ClosestApproach? approach) =>
        Write($"vessels.{Urn(mmsi)}", time, "navigation.closestApproach", json =>
        {
            if (approach is not { } known)
            {
                json.WriteNullValue();
                return;
            }

            json.WriteStartObject();
            json.WriteNumber("distance", Math.Round(known.CpaM, 1));
            json.WriteNumber("timeTo", Math.Round(known.TcpaS, 1));
            json.WriteEndObject();
        });

    /// <summary>The most urgent danger of a collision.</summary>
    /// <param name="time">When.</param>
    /// <param name="level">None: there is no danger any more.</param>
    /// <param name="message">In words.</param>
    /// <param name="isSilent">A person has acknowledged it: shown without a sound.</param>
    public static byte[] Collision(DateTimeOffset time, AlertLevel level, string message, bool isSilent) =>
        Write(Self, time, "notifications.danger.collision", json =>
        {
            json.WriteStartObject();
            json.WriteString("state", level switch { AlertLevel.Alarm => "alarm", AlertLevel.Warning => "warn", _ => "normal" });
            json.WriteStartArray("method");
            if (level != AlertLevel.None)
            {
                json.WriteStringValue("visual");
                if (!isSilent)
                {
                    json.WriteStringValue("sound");
                }
            }

            json.WriteEndArray();
            json.WriteString("message", message);
            json.WriteEndObject();
        });

    private static string Urn(int mmsi) => FormattableString.Invariant($"urn:mrn:imo:mmsi:{mmsi:D9}");

    private static byte[] Write(string context, DateTimeOffset time, string path, Action<Utf8JsonWriter> value)
    {
        using var buffer = new MemoryStream(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("context", context);
            json.WriteStartArray("updates");
            json.WriteStartObject();
            json.WriteStartObject("source");
            json.WriteString("label", Label);
            json.WriteEndObject();
            json.WriteString("timestamp", EventTime.Format(time));
            json.WriteStartArray("values");
            json.WriteStartObject();
            json.WriteString("path", path);
            json.WritePropertyName("value");
            value(json);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
