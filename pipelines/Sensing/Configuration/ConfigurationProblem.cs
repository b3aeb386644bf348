namespace Sensing.Configuration;

/// <summary>One mistake in a configuration.</summary>
/// <param name="Path">Where, e.g. <c>streams[2].source.type</c>; empty for the whole file.</param>
/// <param name="Message">What is wrong and what would be right.</param>
public sealed record ConfigurationProblem(string Path, string Message)
{
    public override string ToString() => Path.Length == 0 ? Message : $"{Path}: {Message}";
}
