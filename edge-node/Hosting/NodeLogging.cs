using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Sensing.EdgeNode.Hosting;

/// <summary>Where the program logs: standard error, in the journal's form under systemd. Normal operation says almost nothing.</summary>
public static class NodeLogging
{
    public static ILoggerFactory Create() => LoggerFactory.Create(logging =>
    {
        logging.Services.Configure<ConsoleLoggerOptions>(console =>
        {
            console.LogToStandardErrorThreshold = LogLevel.Trace;
            console.FormatterName = SystemdHelpers.IsSystemdService() ? ConsoleFormatterNames.Systemd : ConsoleFormatterNames.Simple;
        });
        logging.AddConsole();
        logging.Services.Configure<SimpleConsoleFormatterOptions>(form =>
        {
            form.SingleLine = true;
            form.UseUtcTimestamp = true;
            form.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
        });
    });
}
