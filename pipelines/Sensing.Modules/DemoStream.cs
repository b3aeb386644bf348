using System.Text.Json.Nodes;

namespace Sensing.Modules;

/// <summary>A stream that needs no sensor and no recording: what a newcomer sees first.</summary>
public sealed record DemoStream
{
    /// <summary>Name of the stream.</summary>
    public required string Name { get; init; }

    /// <summary>What it shows, in half a sentence; empty where another demo stream's summary covers it.</summary>
    public required string Summary { get; init; }

    /// <summary>The source's configuration. True: it behaves as a sensor of today; false: as a recording.</summary>
    public required Func<bool, JsonObject> Source { get; init; }

    /// <summary>The pipeline's options.</summary>
    public Func<JsonObject> Options { get; init; } = () => [];

    /// <summary>Where it is on a map; null: nowhere.</summary>
    public DemoPlace? Place { get; init; }
}
