namespace Sensing.Streams;

/// <summary>An input that cannot be read: says what, where and what to do.</summary>
public sealed class SourceException : Exception
{
    /// <param name="input">File or address.</param>
    /// <param name="position">Where in it: dataset, byte, line; null where it does not open at all.</param>
    /// <param name="problem">What is wrong.</param>
    /// <param name="remedy">What to do about it.</param>
    /// <param name="inner">The cause.</param>
    public SourceException(string input, string? position, string problem, string remedy, Exception? inner = null)
        : base($"{input}{(position is null ? "" : $", {position}")}: {problem} {remedy}", inner)
    {
        Input = input;
        Position = position;
        Problem = problem;
        Remedy = remedy;
    }

    public string Input { get; }

    public string? Position { get; }

    public string Problem { get; }

    public string Remedy { get; }
}
