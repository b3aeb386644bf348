using Sensing.Configuration;

namespace Sensing.EdgeNode.Configuration;

/// <summary>The whole of <c>node.json</c>.</summary>
public sealed record NodeOptions
{
    [Option("Site; part of topics and sources.", Required = true,
        Pattern = "[a-z0-9][a-z0-9-]{0,63}", PatternMeaning = "1 to 64 of a-z, 0-9 and '-', not '-' first", Example = "\"a6-km-41\"")]
    public string Site { get; init; } = "";

    [Option("Node; unique at its site, the common name of its certificate.", Required = true,
        Pattern = "[a-z0-9][a-z0-9-]{0,63}", PatternMeaning = "1 to 64 of a-z, 0-9 and '-', not '-' first", Example = "\"cabinet-3\"")]
    public string Node { get; init; } = "";

    [Option("Folder of the outbox and of the streams' state; relative to this file.", Min = 1)]
    public string DataDirectory { get; init; } = "data";

    [Option("The broker.")]
    public MqttOptions Mqtt { get; init; } = new();

    [Option("The durable buffer of unsent events.")]
    public OutboxOptions Outbox { get; init; } = new();

    [Option("Metrics of the node, in addition to its status.")]
    public TelemetryOptions Telemetry { get; init; } = new();

    [Option("Restarting stalled streams.")]
    public WatchdogOptions Watchdog { get; init; } = new();

    [Option("How often each stream saves its position and state, s: after a crash, this much is read again, and repeated events keep their ids. A large state is saved less often, so that it causes at most about 1 MB/s of writes.", Above = 0, Max = 3600)]
    public double CheckpointSeconds { get; init; } = 5;

    [Option("On a stop, how long the node continues to send waiting events, s.", Min = 0, Max = 3600)]
    public double StopDrainSeconds { get; init; } = 10;

    [Option("Models that pipelines run.")]
    public ModelOptions Models { get; init; } = new();

    [Option("The streams.")]
    public StreamOptions[] Streams { get; init; } = [];
}
