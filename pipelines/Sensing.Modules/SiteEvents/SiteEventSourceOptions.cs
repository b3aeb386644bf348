using Sensing.Configuration;

namespace Sensing.Modules.SiteEvents;

/// <summary>Events of the site's other streams.</summary>
public sealed record SiteEventSourceOptions
{
    [Option("Streams whose events are read, as node/stream (default: all of the site).", Max = 1000,
        Pattern = "[a-z0-9-]+/[a-z0-9-]+", PatternMeaning = "a node and a stream, for example camera-1/north", Example = "[\"camera-1/north\"]")]
    public string[] Streams { get; init; } = [];
}
