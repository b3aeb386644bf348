using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Store;
using Sensing.Events;

namespace Sensing.CloudIngest.Query;

/// <summary>The event families and their types, as this tier treats them.</summary>
internal static class TypesAnswer
{
    public static IResult Create(HttpRequest request, EventCatalogue catalogue, CloudOptions options)
    {
        if (new QueryParameters(request, options.Limits).Problem is { } problem)
        {
            return problem;
        }

        var retention = new RetentionRules(options.Store, catalogue);
        return JsonAnswer.Items(catalogue.Families, (json, family) =>
        {
            json.WriteStartObject();
            json.WriteString("name", family.Name);
            json.WriteString("title", family.Title);
            json.WriteStartArray("types");
            foreach (IEventType type in family.Types)
            {
                Write(json, type, retention);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }, bare: true);
    }

    private static void Write(Utf8JsonWriter json, IEventType type, RetentionRules retention)
    {
        json.WriteStartObject();
        json.WriteString("type", type.Name.ToString());
        json.WriteString("title", type.Title);
        json.WriteString("priority", JsonNamingPolicy.CamelCase.ConvertName(type.Priority.ToString()));
        if (retention.KeepFor(type.Name.ToString()) is { } keep)
        {
            json.WriteNumber("retentionHours", keep.TotalHours);
        }
        else
        {
            json.WriteNull("retentionHours");
        }

        json.WriteStartArray("measures");
        foreach (EventMeasure measure in type.Measures)
        {
            json.WriteStartObject();
            json.WriteString("property", measure.Property);
            json.WriteString("title", measure.Title);
            json.WriteString("unit", measure.Unit);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("summary", type.Summary);
        json.WriteEndObject();
    }
}
