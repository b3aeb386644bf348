using Microsoft.Extensions.Logging;

namespace Sensing.EdgeNode.Hosting;

/// <summary>Log messages of the node as a whole: 4000 to 4099.</summary>
internal static partial class HostLog
{
    [LoggerMessage(4000, LogLevel.Information, "Node {Site}/{Node} runs with {Streams} streams.")]
    public static partial void Runs(ILogger logger, string site, string node, int streams);

    [LoggerMessage(4001, LogLevel.Information, "The configuration has changed: {Changes}.")]
    public static partial void Changed(ILogger logger, string changes);

    [LoggerMessage(4002, LogLevel.Error, "The changed configuration is refused and the old one stays:{Problems}")]
    public static partial void Refused(ILogger logger, string problems);

    [LoggerMessage(4003, LogLevel.Information, "Stopping.")]
    public static partial void Stopping(ILogger logger);
}
