using Sensing.Events.Node;
using Sensing.Streams;

namespace Sensing.Das.Recordings;

/// <summary>A recording that cannot be read, or not from here on.</summary>
/// <param name="code">Kind, one of the notices' codes: foreign, truncated, unreadable, wrong-type, incomplete, missing.</param>
/// <param name="input">File.</param>
/// <param name="position">Where in it; null for the whole file.</param>
/// <param name="problem">What is wrong, one sentence.</param>
/// <param name="remedy">What to do, one sentence.</param>
/// <param name="inner">The cause.</param>
public sealed class RecordingException(
    string code, string input, string? position, string problem, string remedy, Exception? inner = null)
    : Exception($"{input}{(position is null ? "" : $", {position}")}: {problem} {remedy}", inner)
{
    /// <summary>Kind: one of the codes that <see cref="StreamNotice.Code"/> knows.</summary>
    public string Code { get; } = code;

    public string Input { get; } = input;

    public string? Position { get; } = position;

    public string Problem { get; } = problem;

    public string Remedy { get; } = remedy;

    public StreamNotice ToNotice() => new()
    {
        Code = Code,
        Severity = NoticeSeverity.Warning,
        Message = Problem,
        Input = Input,
        Position = Position,
        Remedy = Remedy,
    };

    public SourceException ToSourceException() => new(Input, Position, Problem, Remedy, this);
}
