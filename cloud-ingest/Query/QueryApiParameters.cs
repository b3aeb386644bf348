using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Sensing.CloudIngest.Configuration;

namespace Sensing.CloudIngest.Query;

/// <summary>The parameters of the query API as the OpenAPI document describes them; <see cref="QueryParameters"/> reads them.</summary>
internal sealed class QueryApiParameters(LimitOptions limits)
{
    private const string Name = "[a-z0-9][a-z0-9-]{0,63}";

    public IOpenApiParameter Create(string name) => name switch
    {
        "source" => Many(name, "Streams: /sites/{site}/nodes/{node}/streams/{stream}; may be given more than once. Absent: all.",
            $"^/sites/{Name}/nodes/{Name}/streams/{Name}$"),
        "type" => Many(name, "Event types, sensing.{pipeline}.{fact}.v{version}, as /api/v1/types and /api/v1/streams list them; may be given more than once. Absent: all.",
            "^sensing\\.[a-z]{1,32}\\.[a-z][a-z-]{0,31}\\.v[1-9][0-9]{0,3}$"),
        "from" => One(name, "Earliest event time, inclusive, RFC 3339.", Time()),
        "to" => One(name, $"Latest event time, exclusive, RFC 3339; {limits.MaxRangeDays} days after 'from' at most.", Time()),
        "order" => One(name, "By event time, oldest (asc) or newest (desc) first.", Words("asc", ["asc", "desc"])),
        "limit" => One(name, "Events in a page at most (default: 500; of /api/v1/events/latest as many as the server allows).", new OpenApiSchema
        {
            Type = JsonSchemaType.Integer,
            Format = "int32",
            Minimum = "1",
            Maximum = limits.MaxPage.ToString(CultureInfo.InvariantCulture),
        }),
        "cursor" => One(name, "'next' of the page before.", new OpenApiSchema { Type = JsonSchemaType.String }),
        "step" => One(name, "Length of the intervals.", Words(null, ["1m", "15m", "1h", "1d"]), required: true),
        "after" => One(name,
            "Cursor after which to continue, the id of an event that was read; 0: all that is kept. Absent: from now. A Last-Event-ID header takes precedence.",
            new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64", Minimum = "0" }),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No parameter of this API."),
    };

    private static OpenApiSchema Time() => new() { Type = JsonSchemaType.String, Format = "date-time" };

    private static OpenApiSchema Words(string? usual, string[] words) => new()
    {
        Type = JsonSchemaType.String,
        Default = usual is null ? null : JsonValue.Create(usual),
        Enum = [.. words.Select(word => (JsonNode)JsonValue.Create(word))],
    };

    private static OpenApiParameter Many(string name, string description, string pattern) => One(name, description, new OpenApiSchema
    {
        Type = JsonSchemaType.Array,
        Items = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = pattern },
    });

    private static OpenApiParameter One(string name, string description, OpenApiSchema schema, bool required = false) =>
        new() { Name = name, In = ParameterLocation.Query, Description = description, Required = required, Schema = schema };
}
