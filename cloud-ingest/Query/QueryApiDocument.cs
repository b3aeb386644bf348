using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Query.Documents;
using Sensing.Events;

namespace Sensing.CloudIngest.Query;

/// <summary>Completes the OpenAPI document: what it is, the parameters, which are read by hand so that their mistakes can be explained, and the
/// measures of roll-ups, which come from the event catalogue.</summary>
internal sealed class QueryApiDocument(EventCatalogue catalogue, CloudOptions options) : IOpenApiDocumentTransformer
{
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
            Description = "Events, roll-ups and node states of the Sensing cloud tier. Read only.",
            License = new OpenApiLicense { Name = "Apache-2.0", Identifier = "Apache-2.0" },
        };
        document.Tags = new HashSet<OpenApiTag>
        {
            new() { Name = QueryApi.DataTag, Description = "Events, roll-ups, streams and nodes." },
            new() { Name = HealthEndpoints.Tag, Description = "For supervisors: whether the process works, and whether events are taken, stored and can be read." },
        };
        foreach (OpenApiServer server in document.Servers ?? [])
        {
            server.Url = server.Url?.TrimEnd('/');
        }

        AddKeys(document);
        foreach (IOpenApiPathItem path in document.Paths.Values)
        {
            // Each path answers HEAD too; it is not worth an operation of its own.
            path.Operations?.Remove(HttpMethod.Head);
        }

        QueryApiParameters parameters = new(options.Limits);

        foreach ((string path, string[] names) in Of)
        {
            if (document.Paths.TryGetValue(path, out IOpenApiPathItem? item) && item.Operations?[HttpMethod.Get] is { } operation)
            {
                operation.Parameters = [.. names.Select(parameters.Create)];
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

    /// <summary>Everything below /api asks for a key where keys are configured, by either of two headers; nothing else does.</summary>
    private void AddKeys(OpenApiDocument document)
    {
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            ["bearer"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "A key of http.apiKeyFile: 'Authorization: Bearer KEY'.",
            },
            ["apiKey"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = "X-Api-Key",
                Description = "A key of http.apiKeyFile.",
            },
        };
        List<OpenApiSecurityRequirement> keys = [Requirement("bearer"), Requirement("apiKey")];
        if (options.Http.ApiKeyFile is null)
        {
            // An empty requirement: none is needed.
            keys.Add([]);
        }

        foreach ((string path, IOpenApiPathItem item) in document.Paths)
        {
            if (item.Operations is { } operations)
            {
                foreach (OpenApiOperation operation in operations.Values)
                {
                    operation.Security = path.StartsWith("/api/", StringComparison.Ordinal) ? keys : [[]];
                }
            }
        }

        OpenApiSecurityRequirement Requirement(string name) => new() { [new OpenApiSecuritySchemeReference(name, document)] = [] };
    }
}
