using System.CommandLine;
using Microsoft.Extensions.Logging;
using Sensing.EdgeNode.Hosting;

namespace Sensing.EdgeNode.Commands;

/// <summary>The options <c>--log-level</c> and <c>--log-format</c>, which all commands that log share.</summary>
public sealed class LogOptions
{
    private const string Json = "json";
    private readonly Option<LogLevel> _level = new("--log-level")
    {
        Description = "Least severe messages that are logged to standard error.",
        HelpName = string.Join('|', Enum.GetNames<LogLevel>()),
        DefaultValueFactory = _ => LogLevel.Information,
    };

    private readonly Option<string> _format = new("--log-format")
    {
        Description = "text, or json: one object a line.",
        HelpName = "text|json",
        DefaultValueFactory = _ => "text",
    };

    public LogOptions() => _format.AcceptOnlyFromAmong("text", Json);

    public void AddTo(Command command)
    {
        command.Add(_level);
        command.Add(_format);
    }

    /// <summary>The loggers that the command line asks for.</summary>
    public ILoggerFactory Create(ParseResult parsed) =>
        NodeLogging.Create(parsed.GetValue(_level), parsed.GetValue(_format) == Json);
}
