namespace Sensing.Modules;

/// <summary>What a recording says about itself: facts by name, each with its unit.</summary>
/// <param name="Lines">In the order in which they are shown.</param>
public sealed record RecordingFacts(IReadOnlyList<(string Name, string Text)> Lines)
{
    /// <summary>All in one line.</summary>
    public override string ToString() => string.Join(", ", Lines.Select(line => $"{line.Name} {line.Text}"));
}
