using Microsoft.Extensions.Logging;

namespace Sensing.EdgeNode.Models;

/// <summary>Log messages of fetched models: 4100 to 4199.</summary>
internal static partial class ModelLog
{
    [LoggerMessage(4100, LogLevel.Information, "Fetching the model {Name} {Version} ({Bytes} bytes) from {Server}.")]
    public static partial void Fetching(ILogger logger, string name, string version, long bytes, string server);

    [LoggerMessage(4101, LogLevel.Information, "Fetched the model {Name} {Version}; its digest is right.")]
    public static partial void Fetched(ILogger logger, string name, string version);

    [LoggerMessage(4102, LogLevel.Warning, "The model {Name} {Version} was not taken: {Reason}. Models that are here stay in use.")]
    public static partial void Refused(ILogger logger, string name, string version, string reason);

    [LoggerMessage(4103, LogLevel.Information, "A model was not fetched from {Server} yet ({Reason}); trying again.")]
    public static partial void Retrying(ILogger logger, string server, string reason);

    [LoggerMessage(4104, LogLevel.Warning, "Fetched models were damaged and are fetched again: {Files}.")]
    public static partial void Dropped(ILogger logger, string files);

    [LoggerMessage(4105, LogLevel.Warning, "Newer models are not announced to this node: {Problem}. Check the broker's access rules.")]
    public static partial void NotHeard(ILogger logger, string problem);
}
