using Microsoft.Extensions.Logging;

namespace Sensing.EdgeNode.Telemetry;

/// <summary>Log messages of telemetry: 1400 to 1499.</summary>
internal static partial class TelemetryLog
{
    [LoggerMessage(1400, LogLevel.Warning,
        "The OTLP receiver {Receiver} takes no metrics; they are sent again at the next interval. "
        + "Check telemetry.otlpEndpoint and telemetry.otlpProtocol.")]
    public static partial void ReceiverIsDead(ILogger logger, Uri receiver);

    [LoggerMessage(1401, LogLevel.Information, "The OTLP receiver {Receiver} takes metrics again.")]
    public static partial void ReceiverIsBack(ILogger logger, Uri receiver);
}
