using System.Text.RegularExpressions;
using Sensing.Testing;

namespace Sensing.Documentation.Tests;

/// <summary>Finds the command lines that README.md, CONTRIBUTING.md and docs/*.md show.</summary>
/// <remarks>
/// Every line of a fence <c>```bash</c> is one. An indented block is for commands, with what they print: it begins with a command, and anything
/// else goes into a fence that names its language. In running text a command is what stands between backticks and begins with
/// one of <see cref="Programs"/> or a script of the repository.
/// </remarks>
internal static partial class ShownCommands
{
    private static readonly HashSet<string> Programs =
    [
        "apt-get", "cat", "cloud-ingest", "cp", "curl", "dashboards", "docker", "dotnet", "echo", "edge-node", "git", "h5dump", "install", "journalctl",
        "mosquitto", "mosquitto_pub", "mosquitto_sub", "node", "npm", "openssl", "promtool", "psql", "sensing-schedule", "standalone", "sudo", "sysctl", "systemctl",
    ];

    /// <summary>Those of every document.</summary>
    public static IReadOnlyList<ShownCommand> All() =>
    [
        .. new[] { "README.md", "CONTRIBUTING.md" }
            .Concat(Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md").Order(StringComparer.Ordinal).Select(file => "docs/" + Path.GetFileName(file)))
            .SelectMany(document => In(document, File.ReadAllLines(Path.Combine(Repository.Root, document)))),
    ];

    /// <summary>Those of one document.</summary>
    /// <exception cref="FormatException">A fence without a language, or an indented block that does not begin with a command.</exception>
    public static IEnumerable<ShownCommand> In(string document, IReadOnlyList<string> lines)
    {
        string? fence = null;
        bool inBlock = false, inList = false;
        for (int i = 0; i < lines.Count; i++)
        {
            string line = lines[i], trimmed = line.Trim();
            if (trimmed.StartsWith("```", StringComparison.Ordinal))
            {
                string language = trimmed[3..];
                if (fence is null && language.Length == 0)
                {
                    throw new FormatException($"{document}:{i + 1}: a fence names its language: bash for commands, text for what is none.");
                }

                fence = fence is null ? language : null;
            }
            else if (fence is not null)
            {
                if (trimmed.Length > 0 && fence == "bash")
                {
                    yield return new ShownCommand(document, i + 1, WithoutComment(trimmed));
                }
            }
            else if (line.StartsWith("    ", StringComparison.Ordinal) && !inList)
            {
                if (!inBlock && !IsCommand(trimmed))
                {
                    throw new FormatException($"{document}:{i + 1}: an indented block begins with a command: put anything else into a fence that names its language.");
                }

                if (IsCommand(trimmed))
                {
                    yield return new ShownCommand(document, i + 1, WithoutComment(trimmed));
                }

                inBlock = true;
            }
            else
            {
                inBlock &= trimmed.Length == 0;
                inList = trimmed.Length == 0 || line.StartsWith(' ') ? inList : ListItem().IsMatch(line);
                foreach (Match span in Span().Matches(line))
                {
                    string text = span.Groups[1].Value.Replace("\\|", "|", StringComparison.Ordinal);
                    if (IsCommand(text) && (text.Contains(' ', StringComparison.Ordinal) || text.Contains('/', StringComparison.Ordinal)))
                    {
                        yield return new ShownCommand(document, i + 1, text);
                    }
                }
            }
        }
    }

    private static bool IsCommand(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(word => !Assignment().IsMatch(word)) is { } first
        && (Programs.Contains(first)
            || (first.Contains('/', StringComparison.Ordinal) && !first.StartsWith('/') && IsScript(Path.Combine(Repository.Root, first))));

    private static bool IsScript(string path) => File.Exists(path) && (File.GetUnixFileMode(path) & UnixFileMode.UserExecute) != 0;

    private static string WithoutComment(string line) => Comment().Replace(line, "").TrimEnd();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Span();

    [GeneratedRegex(@"^([-*]|\d+\.) ")]
    private static partial Regex ListItem();

    [GeneratedRegex("^[A-Z_]+=")]
    private static partial Regex Assignment();

    /// <summary>A comment of the shell behind a command; no command here has a '#' between quotes.</summary>
    [GeneratedRegex(@"\s+#\s.*$")]
    private static partial Regex Comment();
}
