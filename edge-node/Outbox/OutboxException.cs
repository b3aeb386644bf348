namespace Sensing.EdgeNode.Outbox;

/// <summary>The outbox cannot be opened or has failed for good; says where, why and what to do. It is never replaced by memory.</summary>
public sealed class OutboxException(string path, string problem, string remedy, Exception? inner = null)
    : Exception($"outbox {path}: {problem} {remedy}", inner)
{
    public string Path { get; } = path;

    public string Problem { get; } = problem;

    public string Remedy { get; } = remedy;
}
