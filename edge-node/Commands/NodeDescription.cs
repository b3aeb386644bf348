using System.ComponentModel;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Sensing.Configuration;
using Sensing.EdgeNode.Configuration;
using Sensing.Events;
using Sensing.Modules;

namespace Sensing.EdgeNode.Commands;

/// <summary>Files that are made from the code: schemas of configuration and events, configuration reference.</summary>
public static class NodeDescription
{
    private const string Introduction = """
        This page is made from the program (`edge-node describe --write .`), as is `schemas/node.schema.json`; name the schema in
        the file (`"$schema": "…/node.schema.json"`) and an editor completes and checks it. Comments and trailing commas are allowed.

        Every value can be overridden: `SENSING__mqtt__port=8883` in the environment, `--set mqtt.port=8883` on the command line,
        which wins. `edge-node validate node.json` names every mistake at once.
        """;

    private static readonly JsonSerializerOptions Form = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Path below the repository's root → text.</summary>
    public static IReadOnlyDictionary<string, string> Files(ModuleCatalogue modules)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["schemas/node.schema.json"] = Text(new ConfigurationSchema(modules.Streams).Of<NodeOptions>("Edge node")),
            ["docs/configuration.md"] = new ConfigurationReference(modules.Streams).Of<NodeOptions>("Configuration of an edge node", Introduction),
        };
        foreach (IEventType type in modules.Events.Types)
        {
            files[$"schemas/events/{type.Name}.schema.json"] = Text(Schema(type));
        }

        return files;
    }

    private static string Text(JsonNode node) => node.ToJsonString(Form) + "\n";

    private static JsonObject Schema(IEventType type)
    {
        var schema = (JsonObject)type.Payload.GetJsonSchemaAsNode(new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = Describe,
        });
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", type.Name.ToString());
        schema["description"] = type.Summary;
        return schema;
    }

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (schema is JsonObject described
            && context.PropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: false) is [DescriptionAttribute text, ..])
        {
            described.Insert(0, "description", text.Description);
        }

        return schema;
    }
}
