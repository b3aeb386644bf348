using System.Text.Json.Nodes;
using Sensing.CloudIngest.Log.Kafka;
using Sensing.Configuration;
using Sensing.Events;

namespace Sensing.CloudIngest.Configuration;

/// <summary>Reads <c>cloud.json</c>, and describes it.</summary>
public static class CloudConfiguration
{
    /// <summary>Environment variables that override the file: <c>SENSING_CLOUD__http__address=…</c>.</summary>
    public const string EnvironmentPrefix = "SENSING_CLOUD__";

    /// <summary>Binds <paramref name="text"/>, with environment and then <paramref name="overrides"/> laid over it.</summary>
    /// <param name="text">JSON of the file.</param>
    /// <param name="environment">Variables; those that begin with <see cref="EnvironmentPrefix"/> count.</param>
    /// <param name="overrides">Values by their path.</param>
    /// <param name="catalogue">Event families, which name the Kafka topics.</param>
    public static ConfigurationResult<CloudOptions> Bind(
        string text, IEnumerable<KeyValuePair<string, string>> environment, IEnumerable<(string Path, string Value)> overrides,
        EventCatalogue catalogue)
    {
        if (ConfigurationText.Parse(text, out ConfigurationProblem? problem) is not { } root)
        {
            return new ConfigurationResult<CloudOptions>(null, [problem!]);
        }

        ConfigurationProblem[] problems = [.. ConfigurationText.FromEnvironment(environment, EnvironmentPrefix).Concat(overrides)
            .Select(value => ConfigurationText.Overlay(root, value.Path, value.Value)).OfType<ConfigurationProblem>()];
        if (problems.Length > 0)
        {
            return new ConfigurationResult<CloudOptions>(null, problems);
        }

        ConfigurationResult<CloudOptions> bound = new OptionsBinder(NoComponents.Instance).Bind<CloudOptions>(root);
        problems = [.. UnknownTopics(bound.Value, catalogue)];
        return problems.Length > 0 ? new ConfigurationResult<CloudOptions>(null, [.. bound.Problems, .. problems]) : bound;
    }

    /// <summary>The JSON Schema of the file.</summary>
    internal static JsonObject Schema(EventCatalogue catalogue)
    {
        JsonObject schema = new ConfigurationSchema(NoComponents.Instance).Of<CloudOptions>("cloud.json of cloud-ingest");
        JsonNode item = schema["properties"]!["kafka"]!["properties"]!["topics"]!["properties"]!["overrides"]!["items"]!;
        item["properties"]!["topic"]!["enum"] = new JsonArray([.. KafkaTopicNames.Known(catalogue).Select(topic => JsonValue.Create(topic))]);
        return schema;
    }

    /// <summary>The reference of the file, a page of the documentation.</summary>
    internal static string Reference() => new ConfigurationReference(NoComponents.Instance).Of<CloudOptions>(
        "Configuration of cloud-ingest",
        $"""
        Made from the options records by `build/generate`: change them there. `cloud-ingest validate cloud.json` names every mistake
        with its path; unknown keys are mistakes. An empty object is a whole configuration: embedded broker and store, all on loopback.

        Environment variables override the file (`{EnvironmentPrefix}http__address=http://127.0.0.1:9000`), and
        `--set mqtt.embedded.port=1884` overrides both.
        """);

    private static IEnumerable<ConfigurationProblem> UnknownTopics(CloudOptions? options, EventCatalogue catalogue)
    {
        IReadOnlyList<string> known = KafkaTopicNames.Known(catalogue);
        KafkaTopicOverride[] differing = options?.Kafka?.Topics.Overrides ?? [];
        for (int i = 0; i < differing.Length; i++)
        {
            if (!known.Contains(differing[i].Topic))
            {
                yield return new ConfigurationProblem(
                    $"kafka.topics.overrides[{i}].topic", $"unknown topic '{differing[i].Topic}': use one of {string.Join(", ", known)}");
            }
        }
    }
}
