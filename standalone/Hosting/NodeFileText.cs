using System.Text.Json.Nodes;
using Sensing.EdgeNode.Configuration;
using Sensing.Standalone.Commands;

namespace Sensing.Standalone.Hosting;

/// <summary>The node configuration of a standalone: a user's own, or one fibre stream.</summary>
internal static class NodeFileText
{
    public const string Site = "demo";
    public const string Node = "standalone";

    /// <summary>The text of a <c>node.json</c>, and the folder that relative paths in it start from.</summary>
    /// <exception cref="IOException">The user's file cannot be read.</exception>
    public static (string Text, string Folder) Of(StandaloneSettings settings) => settings.NodeFile is { } file
        ? (File.ReadAllText(file), Path.GetDirectoryName(file)!)
        : (OneStream(settings).ToJsonString(), settings.DataDirectory);

    /// <summary>What a standalone decides about a node, whatever its file says: its broker is the one in this process, and
    /// its data lie beside the store.</summary>
    public static NodeOptions Embedded(NodeOptions options, StandaloneSettings settings, int mqttPort) => options with
    {
        DataDirectory = Path.Combine(settings.DataDirectory, "node"),
        Mqtt = options.Mqtt with { Host = "127.0.0.1", Port = mqttPort, Tls = new TlsOptions(), User = null, PasswordFile = null },
    };

    private static JsonObject OneStream(StandaloneSettings settings) => new()
    {
        ["site"] = Site,
        ["node"] = Node,
        ["streams"] = new JsonArray(new JsonObject
        {
            ["name"] = settings.Recording is null ? "road" : NameOf(settings.Recording),
            ["source"] = settings.Recording is null ? MadeUpRoad(settings) : Recorded(settings.Recording),
            ["pace"] = settings.Speed is "max" or "realtime" || settings.Speed.EndsWith('x') ? settings.Speed : settings.Speed + "x",
            ["das"] = new JsonObject(),
        }),
    };

    private static JsonObject Recorded(string recording) => new()
    {
        ["type"] = recording.EndsWith(".npy", StringComparison.OrdinalIgnoreCase) ? "npy" : "hdf5",
        ["path"] = recording,
    };

    /// <summary>Half a kilometre of road with traffic both ways. In real time it behaves as a sensor of today; at any other
    /// speed it is a recording of its own first day.</summary>
    private static JsonObject MadeUpRoad(StandaloneSettings settings) => new()
    {
        ["type"] = "synthetic",
        ["scenario"] = "mixed",
        ["snrDb"] = 12,
        ["live"] = settings.Speed == "realtime",
    };

    /// <summary>The recording's name as a stream's name, so that two recordings do not mix in the store.</summary>
    private static string NameOf(string recording)
    {
        string name = new([.. Path.GetFileNameWithoutExtension(recording).ToLowerInvariant()
            .Select(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') ? c : '-').Take(64)]);
        return name.TrimStart('-') is { Length: > 0 } usable && usable != NodeConfiguration.OwnStream ? usable : "recording";
    }
}
