using System.Text.Json.Nodes;
using Sensing.Configuration;
using Sensing.EdgeNode.Configuration;
using Sensing.Modules;
using Sensing.Standalone.Commands;

namespace Sensing.Standalone.Hosting;

/// <summary>The node configuration of a standalone: a user's own, a recording's, or the demo streams of all modules.</summary>
internal static class NodeFileText
{
    public const string Site = "demo";
    public const string Node = "standalone";

    /// <summary>The text of a <c>node.json</c>, and the folder that relative paths in it start from; or what is wrong with the request.</summary>
    /// <exception cref="IOException">The user's file cannot be read.</exception>
    public static (string Text, string Folder, ConfigurationProblem? Problem) Of(ModuleCatalogue modules, StandaloneSettings settings)
    {
        if (settings.NodeFile is { } file)
        {
            return (File.ReadAllText(file), Path.GetDirectoryName(file)!, null);
        }

        ConfigurationProblem? problem = null;
        JsonObject[] streams = settings.Recording is { } recording
            ? [.. Recorded(modules, recording, settings.Pipeline, out problem)]
            : [.. modules.Modules.SelectMany(module => module.Demos.Select(demo => Stream(
                module, demo.Name, demo.Source(settings.Speed == "realtime"), demo.Options())))];
        foreach (JsonObject stream in streams)
        {
            stream["pace"] = settings.Speed is "max" or "realtime" || settings.Speed.EndsWith('x') ? settings.Speed : settings.Speed + "x";
        }

        var node = new JsonObject { ["site"] = Site, ["node"] = Node, ["streams"] = new JsonArray([.. streams]) };
        return (node.ToJsonString(), settings.DataDirectory, problem);
    }

    /// <summary>What a standalone decides about a node, whatever its file says: its broker is the one in this process, and
    /// its data lie beside the store.</summary>
    public static NodeOptions Embedded(NodeOptions options, StandaloneSettings settings, int mqttPort) => options with
    {
        DataDirectory = Path.Combine(settings.DataDirectory, "node"),
        Mqtt = options.Mqtt with { Host = "127.0.0.1", Port = mqttPort, Tls = new TlsOptions(), User = null, PasswordFile = null },
    };

    private static IEnumerable<JsonObject> Recorded(ModuleCatalogue modules, string recording, string? pipeline, out ConfigurationProblem? problem)
    {
        const string Option = "--recording";
        IReadOnlyList<IPipelineModule> readers = RecordingSource.ReadersOf(modules, recording);
        IPipelineModule? module = pipeline is not null ? modules.Find(pipeline) : readers.Count > 0 ? readers[0] : modules.Modules[0];
        if (module is null)
        {
            problem = new ConfigurationProblem("--pipeline", $"unknown pipeline '{pipeline}' (known: {string.Join(", ", modules.Modules.Select(known => known.Name))})");
            return [];
        }

        if (pipeline is null && readers.Count > 1)
        {
            problem = new ConfigurationProblem("--pipeline", $"is missing: several pipelines read {recording} ({string.Join(", ", readers.Select(reader => reader.Name))})");
            return [];
        }

        RecordingSource source = RecordingSource.Of(modules, module, recording, option: Option);
        problem = source.Problem;
        return source.Source is { } found ? [Stream(module, NameOf(recording), found, [])] : [];
    }

    private static JsonObject Stream(IPipelineModule module, string name, JsonObject source, JsonObject options) => new()
    {
        ["name"] = name,
        ["source"] = source,
        [module.Name] = options,
    };

    /// <summary>The recording's name as a stream's name, so that two recordings do not mix in the store.</summary>
    private static string NameOf(string recording)
    {
        string name = new([.. Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(recording)).ToLowerInvariant()
            .Select(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') ? c : '-').Take(64)]);
        return name.TrimStart('-') is { Length: > 0 } usable && usable != NodeConfiguration.OwnStream ? usable : "recording";
    }
}
