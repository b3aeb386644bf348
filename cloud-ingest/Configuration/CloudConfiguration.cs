using System.Text.Encodings.Web;
using System.Text.Json;
using Sensing.CloudIngest.Description;
using Sensing.Configuration;

namespace Sensing.CloudIngest.Configuration;

/// <summary>Reads <c>cloud.json</c>, and describes it.</summary>
public static class CloudConfiguration
{
    /// <summary>Environment variables that override the file: <c>SENSING_CLOUD__http__address=…</c>.</summary>
    public const string EnvironmentPrefix = "SENSING_CLOUD__";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Binds <paramref name="text"/>, with environment and then <paramref name="overrides"/> laid over it.</summary>
    public static ConfigurationResult<CloudOptions> Bind(
        string text, IEnumerable<KeyValuePair<string, string>> environment, IEnumerable<(string Path, string Value)> overrides)
    {
        if (ConfigurationText.Parse(text, out ConfigurationProblem? problem) is not { } root)
        {
            return new ConfigurationResult<CloudOptions>(null, [problem!]);
        }

        ConfigurationProblem[] problems = [.. ConfigurationText.FromEnvironment(environment, EnvironmentPrefix).Concat(overrides)
            .Select(value => ConfigurationText.Overlay(root, value.Path, value.Value)).OfType<ConfigurationProblem>()];
        return problems.Length > 0
            ? new ConfigurationResult<CloudOptions>(null, problems)
            : new OptionsBinder(NoComponents.Instance).Bind<CloudOptions>(root);
    }

    /// <summary>The generated files of this program: schema and reference of its configuration, description of its messages.</summary>
    public static GeneratedFiles Generated(string root) => new(root, new Dictionary<string, string>
    {
        ["schemas/cloud.schema.json"] =
            new ConfigurationSchema(NoComponents.Instance).Of<CloudOptions>("cloud.json of cloud-ingest").ToJsonString(Indented) + "\n",
        ["schemas/asyncapi.json"] = AsyncApiDocument.Create().ToJsonString(Indented) + "\n",
        ["docs/cloud-configuration.md"] = new ConfigurationReference(NoComponents.Instance).Of<CloudOptions>(
            "Configuration of cloud-ingest",
            $"""
            Made from the options records by `build/generate`: change them there. `cloud-ingest validate cloud.json` names every mistake
            with its path; unknown keys are mistakes. An empty object is a whole configuration: embedded broker and store, all on loopback.

            Environment variables override the file (`{EnvironmentPrefix}http__address=http://127.0.0.1:9000`), and
            `--set mqtt.embedded.port=1884` overrides both.
            """),
    });

    /// <summary>Nothing in this file is chosen by a word.</summary>
    private sealed class NoComponents : IComponentCatalogue
    {
        public static readonly NoComponents Instance = new();

        public IReadOnlyList<ComponentDescription> Of(string kind) => [];

        public ComponentDescription? Find(string kind, string type) => null;
    }
}
