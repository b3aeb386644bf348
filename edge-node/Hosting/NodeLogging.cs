using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Sensing.EdgeNode.Hosting;

/// <summary>Where the program logs: standard error, in the journal's form under systemd. Normal operation says almost nothing.</summary>
public static class NodeLogging
{
    /// <param name="level">Least severe messages that are logged.</param>
    /// <param name="json">One JSON object a line.</param>
    public static ILoggerFactory Create(LogLevel level = LogLevel.Information, bool json = false) => LoggerFactory.Create(logging =>
    {
        logging.SetMinimumLevel(level);
        logging.Services.Configure<ConsoleLoggerOptions>(console =>
        {
            console.LogToStandardErrorThreshold = LogLevel.Trace;
            console.FormatterName = json ? ConsoleFormatterNames.Json
                : SystemdHelpers.IsSystemdService() ? ConsoleFormatterNames.Systemd : ConsoleFormatterNames.Simple;
        });
        logging.AddConsole();
        logging.Services.Configure<SimpleConsoleFormatterOptions>(form =>
        {
            form.SingleLine = true;
            form.UseUtcTimestamp = true;
            form.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
        });
        logging.Services.Configure<JsonConsoleFormatterOptions>(form =>
        {
            form.UseUtcTimestamp = true;
            form.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
        });
    });
}
