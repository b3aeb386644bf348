using System.Text.Encodings.Web;
using System.Text.Json;
using Sensing.CloudIngest.Configuration;
using Sensing.Configuration;
using Sensing.Events;

namespace Sensing.CloudIngest.Description;

/// <summary>The generated files of this program: schema and reference of its configuration, reference of the events, description of its messages.</summary>
public static class CloudDescription
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static GeneratedFiles Files(string root, EventCatalogue catalogue) => new(root, new Dictionary<string, string>
    {
        ["schemas/cloud.schema.json"] = CloudConfiguration.Schema(catalogue).ToJsonString(Indented) + "\n",
        ["schemas/asyncapi.json"] = new AsyncApiDocument(catalogue).Create().ToJsonString(Indented) + "\n",
        ["docs/cloud-configuration.md"] = CloudConfiguration.Reference(),
        ["docs/events.md"] = EventReference.Create(catalogue),
    });
}
