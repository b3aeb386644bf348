using System.ComponentModel;

namespace Sensing.Events.Node;

/// <summary>Payload of <c>sensing.node.notice.v1</c>: names what is wrong, where, and what to do.</summary>
public sealed record StreamNotice
{
    [Description("Short fixed word for the kind: gap, truncated, foreign, not-a-number, time-backwards, channels-changed, away, dropped, stalled, restarted, …")]
    public required string Code { get; init; }

    [Description("How bad it is: info, warning or error.")]
    public required NoticeSeverity Severity { get; init; }

    [Description("What happened, one sentence.")]
    public required string Message { get; init; }

    [Description("File or address of the input, where there is one.")]
    public string? Input { get; init; }

    [Description("Position in the input: a dataset and sample, a byte, a line.")]
    public string? Position { get; init; }

    [Description("What to do about it.")]
    public string? Remedy { get; init; }
}
