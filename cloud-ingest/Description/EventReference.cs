using System.Globalization;
using System.Text;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log.Kafka;
using Sensing.CloudIngest.Store;
using Sensing.Events;

namespace Sensing.CloudIngest.Description;

/// <summary>The reference of the event types, a page of the documentation.</summary>
internal static class EventReference
{
    public static string Create(EventCatalogue catalogue)
    {
        var names = new KafkaTopicNames(new KafkaTopicOptions(), catalogue);
        var retention = new RetentionRules(new StoreOptions(), catalogue);
        var page = new StringBuilder().Append(
            """
            # Events

            Made from the event families by `build/generate`: change them there. The schema of each payload is in `schemas/events`.

            - **Priority**: where room or time is short, alarms are sent first and dropped last, telemetry is sent last and dropped first.
            - **Retention**: how long the store keeps events after their arrival unless `store.retention` is set
              (see [configuration](cloud-configuration.md)).
            - **Measures**: the numbers that roll-ups sum up beside the count.

            """);
        foreach (EventFamily family in catalogue.Families)
        {
            page.Append(CultureInfo.InvariantCulture, $"""

                ## {family.Title}

                Kafka topic `{names[family.Name]}`.

                | type | title | priority | retention | measures | summary |
                |---|---|---|---|---|---|

                """);
            foreach (IEventType type in family.Types)
            {
                string measures = type.Measures.Count == 0
                    ? "none"
                    : string.Join("; ", type.Measures.Select(measure => $"{measure.Title}, {measure.Unit} (`{measure.Property}`)"));
                page.Append(CultureInfo.InvariantCulture, $"| [`{type.Name}`](../schemas/events/{type.Name}.schema.json) | {type.Title} | ")
                    .Append(CultureInfo.InvariantCulture, $"{type.Priority.ToString().ToLowerInvariant()} | {Text(retention.KeepFor(type.Name.ToString()))} | ")
                    .Append(CultureInfo.InvariantCulture, $"{measures} | {type.Summary} |\n");
            }
        }

        return page.ToString();
    }

    private static string Text(TimeSpan? keep) => keep switch
    {
        null => "for good",
        { TotalDays: >= 1 } days when days.TotalDays == Math.Floor(days.TotalDays) => FormattableString.Invariant($"{days.TotalDays} days"),
        { TotalHours: var hours } => FormattableString.Invariant($"{hours} h"),
    };
}
