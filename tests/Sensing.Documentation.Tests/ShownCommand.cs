namespace Sensing.Documentation.Tests;

/// <summary>A command line that a document shows.</summary>
/// <param name="Document">Path from the repository's root.</param>
/// <param name="Line">Of the document, from 1.</param>
/// <param name="Text">Without a comment at its end.</param>
internal sealed record ShownCommand(string Document, int Line, string Text)
{
    public override string ToString() => $"{Document}:{Line}: {Text}";
}
