using Sensing.Configuration;

namespace Sensing.Modules.SiteEvents;

/// <summary>A recording of events.</summary>
public sealed record EventFileSourceOptions
{
    [Option("File with one CloudEvent a line, as 'edge-node replay --out' writes it, in order of time; relative to the configuration's folder.",
        Required = true, Example = "\"approaches.ndjson\"")]
    public string File { get; init; } = "";
}
