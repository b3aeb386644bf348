using System.Text.RegularExpressions;
using Sensing.Testing;

namespace Sensing.Documentation.Tests;

/// <summary>Every command line that README.md, CONTRIBUTING.md and docs/*.md show is run as written, or is a named exception.</summary>
[TimeLimit(minutes: 5, reason: "Some build first, which takes half a minute where nothing is built yet, or start the whole chain.")]
public sealed class CommandTests(PreparedFiles prepared, ITestOutputHelper output) : IClassFixture<PreparedFiles>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Run => [.. CommandTable.All.OfType<Runs>().Select(entry => entry.Text)];

    public static TheoryData<string> Served => [.. CommandTable.All.OfType<Serves>().Select(entry => entry.Text)];

    public static TheoryData<string, string> Exceptions => new(CommandTable.All.OfType<Excepted>().Select(entry => (entry.Text, entry.Reason)));

    [Fact]
    public void Every_command_line_of_the_documents_is_covered()
    {
        HashSet<string> covered = [.. CommandTable.All.Select(entry => entry.Text)];
        ShownCommand[] uncovered = [.. ShownCommands.All().Where(command => !covered.Contains(command.Text))];
        Assert.True(uncovered.Length == 0, $"Add to {nameof(CommandTable)}:\n{string.Join('\n', uncovered.AsEnumerable())}");
    }

    [Fact]
    public void Every_entry_is_shown_somewhere_and_stands_once()
    {
        HashSet<string> shown = [.. ShownCommands.All().Select(command => command.Text)];
        Assert.All(CommandTable.All, entry => Assert.Contains(entry.Text, shown));
        Assert.Empty(CommandTable.All.GroupBy(entry => entry.Text).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Theory]
    [MemberData(nameof(Run))]
    public async Task Runs_as_written(string text)
    {
        Runs entry = CommandTable.All.OfType<Runs>().Single(entry => entry.Text == text);
        Assert.SkipWhen(entry.NeedsRoot && Environment.UserName != "root", "Installs for the whole system: this test needs root.");
        await using Terminal terminal = await OpenAsync(entry);
        foreach (string before in entry.After)
        {
            Assert.True(await terminal.RunAsync(before, null, Cancellation) == 0, $"{before}\n{terminal.Output}");
        }

        int code = await terminal.RunAsync(entry.Command, entry.Input, Cancellation);

        string printed = terminal.Output;
        Assert.True(code == 0, $"{entry.Command}\nended with {code}:\n{printed}");
        Assert.Matches(new Regex(entry.Prints, RegexOptions.Multiline), printed);
        foreach (string file in entry.Makes)
        {
            Assert.True(await terminal.RunAsync($"test -s {file}", null, Cancellation) == 0, $"{entry.Command}\nmakes no {file}.");
        }
    }

    [Theory]
    [MemberData(nameof(Served))]
    public async Task Runs_until_ctrl_c(string text)
    {
        Serves entry = CommandTable.All.OfType<Serves>().Single(entry => entry.Text == text);
        await using Terminal terminal = await OpenAsync(entry);

        ProgramProcess process = await terminal.StartAsync(entry.Command, entry.Ready, Cancellation);
        process.Interrupt();
        int code = await process.ExitAsync(Cancellation);

        Assert.True(code == entry.ExitCode, $"{entry.Command}\nended with {code} after Ctrl-C:\n{process.Output}");
    }

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void Is_checked_as_far_as_it_can_be(string text, string reason)
    {
        output.WriteLine($"Not run: {text} ({reason})");
        CommandTable.All.OfType<Excepted>().Single(entry => entry.Text == text).Check(text);
    }

    private async Task<Terminal> OpenAsync(Coverage entry)
    {
        Terminal terminal = await Terminal.OpenAsync(prepared, output, Cancellation);
        foreach ((string command, string ready) in entry.Beside)
        {
            await terminal.StartAsync(command, ready, Cancellation);
        }

        return terminal;
    }
}
