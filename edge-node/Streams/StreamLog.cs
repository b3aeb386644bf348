using Microsoft.Extensions.Logging;

namespace Sensing.EdgeNode.Streams;

/// <summary>Log messages of streams: 3000 to 3099.</summary>
internal static partial class StreamLog
{
    [LoggerMessage(3000, LogLevel.Warning, "Stream {Stream} starts without its saved state: {Reason}.")]
    public static partial void Afresh(ILogger logger, string stream, string reason);

    [LoggerMessage(3001, LogLevel.Warning, "Stream {Stream}: the pipeline was behind its live source, {Blocks} blocks were dropped.")]
    public static partial void Dropped(ILogger logger, string stream, long blocks);

    [LoggerMessage(3002, LogLevel.Error, "Stream {Stream} failed and is started again: {Problem}")]
    public static partial void Failed(ILogger logger, Exception error, string stream, string problem);

    [LoggerMessage(3003, LogLevel.Warning, "Stream {Stream} has not moved for {Seconds:F0} s and is started again.")]
    public static partial void Stalled(ILogger logger, string stream, double seconds);

    [LoggerMessage(3004, LogLevel.Error, "Stream {Stream} does not let go of its source; it is left behind and replaced.")]
    public static partial void LeftBehind(ILogger logger, string stream);

    [LoggerMessage(3005, LogLevel.Information, "Stream {Stream} has read its recording to the end.")]
    public static partial void Finished(ILogger logger, string stream);

    [LoggerMessage(3006, LogLevel.Warning, "Stream {Stream} did not stop in time; it resumes from its last checkpoint after the next start.")]
    public static partial void NotStopped(ILogger logger, string stream);

    [LoggerMessage(3007, LogLevel.Warning, "Stream {Stream}: completions are not recorded: {Problem}")]
    public static partial void NotRecorded(ILogger logger, string stream, string problem);
}
