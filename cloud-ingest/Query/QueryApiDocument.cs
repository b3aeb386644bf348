using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Sensing.CloudIngest.Query.Documents;
using Sensing.Events;

namespace Sensing.CloudIngest.Query;

/// <summary>Completes the OpenAPI document: what it is, the parameters, which are read by hand so that their mistakes can be explained, and the
/// measures of roll-ups, which come from the event catalogue.</summary>
internal sealed class QueryApiDocument(EventCatalogue catalogue) : IOpenApiDocumentTransformer
{
    private static readonly Dictionary<string, (string Description, string[]? Words, bool Many)> Parameters = new(StringComparer.Ordinal)
    {
        ["source"] = ("Streams: /sites/{site}/nodes/{node}/streams/{stream}; may be given more than once. Absent: all.", null, true),
        ["type"] = ("Event types, sensing.{pipeline}.{fact}.v{version}, as /api/v1/types and /api/v1/streams list them; may be given more than once. Absent: all.", null, true),
        ["from"] = ("Earliest event time, inclusive, RFC 3339.", null, false),
        ["to"] = ("Latest event time, exclusive, RFC 3339.", null, false),
        ["order"] = ("By event time, oldest (asc, the default) or newest (desc) first.", ["asc", "desc"], false),
        ["limit"] = ("Events in a page at most (default: 500; of /api/v1/events/latest as many as the server allows).", null, false),
        ["cursor"] = ("'next' of the page before.", null, false),
        ["step"] = ("Length of the intervals.", ["1m", "15m", "1h", "1d"], false),
        ["after"] = ("Cursor after which to go on, the id of an event that was read; 0: all that is kept. Absent: from now. A Last-Event-ID header counts before it.", null, false),
    };

    private static readonly Dictionary<string, string[]> Of = new(StringComparer.Ordinal)
    {
        ["/api/v1/events"] = ["source", "type", "from", "to", "order", "limit", "cursor"],
        ["/api/v1/events/latest"] = ["source", "type", "limit", "cursor"],
        ["/api/v1/rollups"] = ["source", "type", "step", "from", "to"],
        ["/api/v1/live"] = ["source", "type", "after"],
    };

    public async Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Sensing query API",
            Version = "v1",
            Description = "Events, roll-ups and node states of the Sensing cloud tier. Read only. Where keys are configured, give one as 'Authorization: Bearer KEY' or 'X-Api-Key: KEY'.",
        };
        foreach (IOpenApiPathItem path in document.Paths.Values)
        {
            // Each path answers HEAD too; it is not worth an operation of its own.
            path.Operations?.Remove(HttpMethod.Head);
        }

        foreach ((string path, string[] names) in Of)
        {
            if (document.Paths.TryGetValue(path, out IOpenApiPathItem? item) && item.Operations?[HttpMethod.Get] is { } operation)
            {
                operation.Parameters = [.. names.Select(Parameter)];
            }
        }

        if (document.Components?.Schemas?.TryGetValue(nameof(RollupDocument), out IOpenApiSchema? found) == true && found is OpenApiSchema rollup)
        {
            OpenApiSchema measure = await context.GetOrCreateSchemaAsync(typeof(RollupMeasureDocument), null, cancellationToken).ConfigureAwait(false);
            document.AddComponent(nameof(RollupMeasureDocument), measure);
            AddMeasures(rollup, document);
        }
    }

    private void AddMeasures(OpenApiSchema rollup, OpenApiDocument document)
    {
        IEnumerable<(EventMeasure Measure, IEventType Type)> measures = catalogue.Types.SelectMany(type => type.Measures, (type, measure) => (measure, type));
        rollup.Properties ??= new Dictionary<string, IOpenApiSchema>();
        foreach (IGrouping<string, (EventMeasure Measure, IEventType Type)> same in measures.GroupBy(item => item.Measure.Property))
        {
            rollup.Properties[same.Key] = new OpenApiSchemaReference(nameof(RollupMeasureDocument), document)
            {
                Description = string.Join(" ", same.Select(item => $"{item.Type.Name}: {item.Measure.Title}, {item.Measure.Unit}."))
                    + " Absent where no event of the interval carries it.",
            };
        }
    }

    private static IOpenApiParameter Parameter(string name)
    {
        (string description, string[]? words, bool many) = Parameters[name];
        var text = new OpenApiSchema { Type = JsonSchemaType.String };
        if (words is not null)
        {
            text.Enum = [.. words.Select(word => System.Text.Json.Nodes.JsonValue.Create(word))];
        }

        return new OpenApiParameter
        {
            Name = name,
            In = ParameterLocation.Query,
            Description = description,
            Required = name == "step",
            Schema = many ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = text } : text,
        };
    }
}
