using Microsoft.Extensions.Logging;

namespace Sensing.EdgeNode.Outbox;

/// <summary>Log messages of the outbox: 1000 to 1099.</summary>
internal static partial class OutboxLog
{
    [LoggerMessage(1000, LogLevel.Error, "{Recovery}")]
    public static partial void Recovered(ILogger logger, string recovery);

    [LoggerMessage(1001, LogLevel.Error, "The outbox cannot commit ({Problem}): streams wait, and it is tried again. Make room on the disk of {Path}.")]
    public static partial void CannotCommit(ILogger logger, string problem, string path);

    [LoggerMessage(1002, LogLevel.Warning, "The outbox commits again after {Seconds:F0} s.")]
    public static partial void CommitsAgain(ILogger logger, double seconds);

    [LoggerMessage(1003, LogLevel.Warning, "The outbox dropped events ({Reason}): {Telemetry} telemetry, {Facts} facts, {Alarms} alarms.")]
    public static partial void Dropped(ILogger logger, string reason, long telemetry, long facts, long alarms);

    [LoggerMessage(1004, LogLevel.Critical, "The outbox has failed: {Problem}")]
    public static partial void Failed(ILogger logger, string problem);

    [LoggerMessage(1006, LogLevel.Error, "Little room on the disk of {Path}: {Free} MiB are free. {Reserve} MiB are held in reserve for emptying the outbox; make room.")]
    public static partial void LittleRoom(ILogger logger, string path, long free, long reserve);

    [LoggerMessage(1005, LogLevel.Warning, "The outbox is full: streams wait until the broker has taken something.")]
    public static partial void Blocks(ILogger logger);
}
