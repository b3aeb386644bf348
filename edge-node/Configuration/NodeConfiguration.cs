using System.Text.Json.Nodes;
using Sensing.Configuration;
using Sensing.Streams;

namespace Sensing.EdgeNode.Configuration;

/// <summary>Reads <c>node.json</c>: the file, then the environment over it, then <c>--set</c> over both; and checks it all.</summary>
public sealed class NodeConfiguration(StreamCatalogue catalogue)
{
    /// <summary>Environment variables with this prefix override the file.</summary>
    public const string EnvironmentPrefix = "SENSING__";

    /// <summary>The stream name under which the node itself speaks.</summary>
    public const string OwnStream = "node";

    /// <summary>Reads and checks the file at <paramref name="path"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="environment">Environment variables; only those with the prefix count.</param>
    /// <param name="sets">Overrides of the command line, <c>path=value</c>; they win.</param>
    /// <returns>The options, or every mistake with its path.</returns>
    public ConfigurationResult<NodeOptions> Load(
        string path, IEnumerable<KeyValuePair<string, string>> environment, IEnumerable<string> sets)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Invalid([new ConfigurationProblem("", $"{path} cannot be read: {error.Message}")]);
        }

        ConfigurationResult<NodeOptions> parsed = Parse(text, environment, sets);
        return parsed.Value is { } options && CheckFiles(options, Path.GetDirectoryName(Path.GetFullPath(path))!) is { Count: > 0 } missing
            ? Invalid(missing)
            : parsed;
    }

    /// <summary>Files that the streams' options name and that are missing or cannot be used.</summary>
    /// <param name="options">The node's options.</param>
    /// <param name="baseDirectory">Folder that relative paths start from.</param>
    public static IReadOnlyList<ConfigurationProblem> CheckFiles(NodeOptions options, string baseDirectory) =>
        [.. options.Streams.SelectMany((stream, i) => CheckFiles(stream, $"streams[{i}].", baseDirectory))];

    /// <summary>The same of one stream.</summary>
    /// <param name="stream">Its options.</param>
    /// <param name="path">Where they are, with a dot at the end; empty for the root.</param>
    /// <param name="baseDirectory">Folder that relative paths start from.</param>
    public static IEnumerable<ConfigurationProblem> CheckFiles(StreamOptions stream, string path, string baseDirectory) =>
        new[] { (Key: stream.Pipeline?.Type, Component: stream.Pipeline), (Key: "source", Component: stream.Source) }
            .Where(one => one.Component?.Options is IFileOptions)
            .SelectMany(one => ((IFileOptions)one.Component!.Options).CheckFiles(baseDirectory)
                .Select(problem => problem with { Path = $"{path}{one.Key}.{problem.Path}" }));

    /// <summary>Checks <paramref name="text"/> as <see cref="Load"/> does a file.</summary>
    public ConfigurationResult<NodeOptions> Parse(
        string text, IEnumerable<KeyValuePair<string, string>> environment, IEnumerable<string> sets)
    {
        JsonObject? root = ConfigurationText.Parse(text, out ConfigurationProblem? unreadable);
        if (root is null)
        {
            return Invalid([unreadable!]);
        }

        var problems = new List<ConfigurationProblem>();
        foreach ((string path, string value) in ConfigurationText.FromEnvironment(environment, EnvironmentPrefix))
        {
            Add(problems, ConfigurationText.Overlay(root, path, value));
        }

        foreach (string set in sets)
        {
            int equals = set.IndexOf('=', StringComparison.Ordinal);
            Add(problems, equals > 0
                ? ConfigurationText.Overlay(root, set[..equals], set[(equals + 1)..])
                : new ConfigurationProblem("", $"--set {set}: must look like --set mqtt.port=8883"));
        }

        ConfigurationResult<NodeOptions> bound = new OptionsBinder(catalogue).Bind<NodeOptions>(root);
        problems.AddRange(bound.Problems);
        problems.AddRange(AcrossStreams(root));
        return problems.Count == 0 ? bound : Invalid(problems);
    }

    /// <summary>The environment of this process in the form that <see cref="Load"/> takes.</summary>
    public static IEnumerable<KeyValuePair<string, string>> ProcessEnvironment() =>
        Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .Select(entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value ?? ""));

    /// <summary>Rules that no single option can check; looked up in the JSON, so that they are reported together with all others.</summary>
    private static IEnumerable<ConfigurationProblem> AcrossStreams(JsonObject root)
    {
        if (root["streams"] is not JsonArray streams)
        {
            yield break;
        }

        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < streams.Count; i++)
        {
            if (streams[i] is not JsonObject stream)
            {
                continue;
            }

            if (stream["name"] is JsonValue value && value.TryGetValue(out string? name))
            {
                if (name == OwnStream)
                {
                    yield return new ConfigurationProblem($"streams[{i}].name", $"'{OwnStream}' is the node's own stream: choose another name");
                }
                else if (!names.TryAdd(name, i))
                {
                    yield return new ConfigurationProblem($"streams[{i}].name", $"'{name}' is also the name of streams[{names[name]}]");
                }
            }
        }
    }

    private static void Add(List<ConfigurationProblem> problems, ConfigurationProblem? problem)
    {
        if (problem is not null)
        {
            problems.Add(problem);
        }
    }

    private static ConfigurationResult<NodeOptions> Invalid(IReadOnlyList<ConfigurationProblem> problems) => new(null, problems);
}
