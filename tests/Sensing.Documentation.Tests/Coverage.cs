namespace Sensing.Documentation.Tests;

/// <summary>How a command line of the documentation is tested.</summary>
/// <param name="Text">As the document shows it.</param>
internal abstract record Coverage(string Text)
{
    /// <summary>Words that stand for something (FILE, NAME), each with what is put in its place, as <c>WORD=value</c>.</summary>
    public string[] With { get; init; } = [];

    /// <summary>What runs besides: command lines, each with the line that it prints when it is ready.</summary>
    public IReadOnlyList<(string Command, string Ready)> Beside { get; init; } = [];

    /// <summary>What is typed into it.</summary>
    public string? Input { get; init; }

    /// <summary>The command line that runs.</summary>
    public string Command => With.Select(pair => pair.Split('=', 2)).Aggregate(Text, (text, pair) => text.Replace(pair[0], pair[1], StringComparison.Ordinal));
}

/// <summary>It runs to its end.</summary>
/// <param name="Text">As the document shows it.</param>
/// <param name="Prints">Pattern of what it prints; empty: anything.</param>
/// <param name="Makes">Files that it writes, from the checkout's root.</param>
internal sealed record Runs(string Text, string Prints = "", params string[] Makes) : Coverage(Text)
{
    /// <summary>It changes the system, as far as it sees one.</summary>
    public bool NeedsRoot { get; init; }

    /// <summary>Command lines that the documents give before it.</summary>
    public string[] After { get; init; } = [];
}

/// <summary>It runs until it is ready, and stops cleanly on Ctrl-C.</summary>
/// <param name="Text">As the document shows it.</param>
/// <param name="Ready">Pattern of the line that it prints once it is ready.</param>
/// <param name="ExitCode">After Ctrl-C.</param>
internal sealed record Serves(string Text, string Ready, int ExitCode = 0) : Coverage(Text);

/// <summary>It needs what a test machine does not have. What can be checked without, is.</summary>
/// <param name="Text">As the document shows it.</param>
/// <param name="Reason">What it needs.</param>
/// <param name="Check">The nearest check; it throws where something is wrong.</param>
internal sealed record Excepted(string Text, string Reason, Action<string> Check) : Coverage(Text);
