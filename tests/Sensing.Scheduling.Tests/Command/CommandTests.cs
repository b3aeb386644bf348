using System.Globalization;
using Sensing.Scheduling.Policies;
using Sensing.Scheduling.Simulation;
using Sensing.Testing;

namespace Sensing.Scheduling.Tests.Command;

/// <summary><c>sensing-schedule</c> as a person runs it.</summary>
public sealed class CommandTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Compare_writes_one_line_a_run_that_equals_a_run_of_the_library_and_draws_the_means()
    {
        using var folder = new TemporaryFolder();
        (int code, string printed) = await RunAsync(
            "compare", "--workload", "2-active", "--policies", "DEMS,EDF", "--seeds", "7,9", "--duration-s", "20",
            "--csv", folder["runs.csv"], "--plot", folder["means.png"]);

        Assert.Equal(0, code);
        string[] lines = await File.ReadAllLinesAsync(folder["runs.csv"], Cancellation);
        string[] header = lines[0].Split(',');
        Assert.Equal(["DEMS 7", "EDF 7", "DEMS 9", "EDF 9"], lines[1..].Select(line => $"{Cell(line, "policy")} {Cell(line, "seed")}"));
        Workload workload = Workload.Find("2-active")! with { Duration = 20_000_000 };
        foreach (string line in lines[1..])
        {
            UtilityAccount account = Simulator.Run(
                TaskStream.Draw(workload, LatencyOptions.Default, long.Parse(Cell(line, "seed"), CultureInfo.InvariantCulture)),
                Variability.Find("calm", workload.Duration, 0)!, PolicyCatalogue.Create(Cell(line, "policy"))!, LatencyOptions.Default, QoeOptions.Default);
            Assert.Equal(account.Utility.ToString(CultureInfo.InvariantCulture), Cell(line, "utility"));
            Assert.Equal(account.Dropped.ToString(CultureInfo.InvariantCulture), Cell(line, "dropped"));
        }

        Assert.Contains("2-active, calm, mean of 2 seeds", printed, StringComparison.Ordinal);
        byte[] picture = await File.ReadAllBytesAsync(folder["means.png"], Cancellation);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], picture[..4]);

        string Cell(string line, string column) => line.Split(',')[Array.IndexOf(header, column)];
    }

    [Fact]
    public async Task Ctrl_c_ends_a_comparison_with_the_runs_that_were_done()
    {
        using var folder = new TemporaryFolder();
        await using ProgramProcess process = ProgramProcess.Start(
            "sensing-schedule", ["compare", "--workload", "4-active", "--policies", "EDF", "--edges", "7", "--seeds", "1-200", "--csv", folder["runs.csv"]]);
        await process.WaitForLineAsync("%", Cancellation);
        process.Interrupt();

        Assert.Equal(130, await process.ExitAsync(Cancellation));
        Assert.Matches(@"stopped after \d+ of 200 runs", process.Output);
        string[] lines = await File.ReadAllLinesAsync(folder["runs.csv"], Cancellation);
        Assert.All(lines, line => Assert.Equal(lines[0].Count(c => c == ','), line.Count(c => c == ',')));
    }

    [Theory]
    [InlineData("compare --policies EDF,DEMZ", "knows no 'DEMZ'; `sensing-schedule list` names all")]
    [InlineData("compare --workload 2-sleepy", "knows no '2-sleepy'")]
    [InlineData("compare --seeds 9-1", "must look like 7, 1000-1029 or 1,2,10-12")]
    [InlineData("compare --duration-s 0", "must be 1 to 86400")]
    [InlineData("compare --plot means.pdf", "must end in .png or .svg")]
    [InlineData("compare --policies EDF --seeds 1 --duration-s 5 --plot no/such/folder/means.png", "names a folder that does not exist")]
    [InlineData("compare --workload no-such.json", "no-such.json")]
    [InlineData("timeline --plot a.txt", "--plot must end in .png or .svg")]
    [InlineData("timeline --plot no/such/folder/a.svg", "names a folder that does not exist")]
    [InlineData("timeline --from-s 400 --to-s 405 --plot a.svg", "--from-s must be below 300")]
    [InlineData("timeline --policy DEMZ --plot a.svg", "must be one that `list` names")]
    [InlineData("timeline --from-s 5 --to-s 5 --plot a.svg", "must be above --from-s")]
    public async Task A_mistake_is_told_with_its_remedy(string arguments, string message)
    {
        (int code, string printed) = await RunAsync(arguments.Split(' '));

        Assert.NotEqual(0, code);
        Assert.Contains(message, printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_told()
    {
        (int code, string printed) = await RunAsync(
            "compare", "--workload", "2-passive", "--policies", "EDF", "--seeds", "1", "--csv", "/no/such/folder/runs.csv");

        Assert.Equal(1, code);
        Assert.Contains("/no/such/folder", printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Workloads_may_have_spaces_between_them_and_come_from_files()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(
            folder["harbour.json"], """{ "drones": 1, "durationS": 5, "typeSet": "passive", "arrivals": { "kind": "poisson" } }""", Cancellation);
        (int code, string printed) = await RunAsync(
            "compare", "--workload", $"2-active ,{folder["harbour.json"]}", "--policies", "EDF", "--seeds", "1");

        Assert.Equal(0, code);
        Assert.Contains("2-active, calm", printed, StringComparison.Ordinal);
        Assert.Contains("harbour, calm", printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_names_every_policy_and_scenario()
    {
        (int code, string printed) = await RunAsync("list");

        Assert.Equal(0, code);
        Assert.All(PolicyCatalogue.Names.Concat(Variability.Names), name => Assert.Contains(name, printed, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Timeline_draws_what_a_policy_did()
    {
        using var folder = new TemporaryFolder();
        (int code, _) = await RunAsync("timeline", "--policy", "GEMS", "--plot", folder["gems.svg"]);

        Assert.Equal(0, code);
        string svg = await File.ReadAllTextAsync(folder["gems.svg"], Cancellation);
        Assert.Contains("<svg", svg, StringComparison.Ordinal);
        Assert.Contains("GEMS", svg, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Printed)> RunAsync(params string[] arguments)
    {
        await using ProgramProcess process = ProgramProcess.Start("sensing-schedule", arguments);
        int code = await process.ExitAsync(Cancellation);
        return (code, process.Output);
    }
}
