namespace Sensing.Standalone.Commands;

/// <summary>What the command line asks for.</summary>
public sealed record StandaloneSettings
{
    /// <summary>Where the pages and the query API are served.</summary>
    public required Uri Listen { get; init; }

    /// <summary>Folder of outbox, store and made recordings.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Port of the MQTT broker; 0: 1883 where it is free, else any free one.</summary>
    public int MqttPort { get; init; }

    /// <summary>A user's own recording, file or folder; null: the demo streams.</summary>
    public string? Recording { get; init; }

    /// <summary>The pipeline that the recording feeds; null: the one that reads such recordings.</summary>
    public string? Pipeline { get; init; }

    /// <summary>A user's own <c>node.json</c>; null: a recording or the demo streams.</summary>
    public string? NodeFile { get; init; }

    /// <summary>A user's own <c>dashboard.json</c>, the locations of nodes; null: that of the demo streams.</summary>
    public string? PlacesFile { get; init; }

    /// <summary>Folder of a client that <c>dashboards/client/build.mjs</c> has built; null: the one in the program.</summary>
    public DirectoryInfo? Client { get; init; }

    /// <summary>max, realtime or a multiple such as 10.</summary>
    public string Speed { get; init; } = "realtime";

    /// <summary>Overrides of the node's configuration, <c>path=value</c>.</summary>
    public IReadOnlyList<string> Sets { get; init; } = [];

    /// <summary>Ends once every recording has been read and every event is in the store.</summary>
    public bool UntilFinished { get; init; }
}
