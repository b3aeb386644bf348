using Sensing.Events.Node;

namespace Sensing.Marine.Sources;

/// <summary>What sources of lines report about their input.</summary>
internal static class LineNotices
{
    public static StreamNotice Backwards(string path, long line, TimeSpan step) => Warning(
        "time-backwards", path, $"line {line}",
        FormattableString.Invariant($"The log's clock steps back by {step.TotalSeconds:0.###} s here; later lines are moved on by as much."),
        "Check how the log was made: joined logs should be listed as files of their own, in order of time.");

    public static StreamNotice Away(string input, string problem, string remedy) => Warning(
        "away", input, null, $"The input is lost: {problem}. It is tried again until it is back.", remedy);

    public static StreamNotice Returned(string input) => new()
    {
        Code = "returned",
        Severity = NoticeSeverity.Info,
        Message = "The input is there.",
        Input = input,
    };

    private static StreamNotice Warning(string code, string input, string? position, string message, string remedy) => new()
    {
        Code = code,
        Severity = NoticeSeverity.Warning,
        Message = message,
        Input = input,
        Position = position,
        Remedy = remedy,
    };
}
