using System.Diagnostics;
using Sensing.Testing;

namespace Sensing.EdgeNode.Tests.Hosting;

/// <summary>The real program, killed and starved.</summary>
[TimeLimit(minutes: 3, reason: "Each starts processes and waits for tens of thousands of events.")]
public class KillTests(ITestOutputHelper output)
{
    private const int Kills = 20;

    [Fact]
    [TimeLimit(minutes: 6, reason: "Twenty kills and starts take half a minute on two idle cores.")]
    public async Task Killed_twenty_times_at_random_instants_every_event_arrives_once_by_id_and_in_order()
    {
        // Far more than is read between the kills, however slow the machine is at killing.
        const int Numbers = 40_000;
        string[] expected = await UninterruptedAsync(Numbers);
        using var folder = new TemporaryFolder();
        await using TestBroker broker = await TestBroker.StartAsync();
        string node = await NodeFileAsync(folder, broker.Port, Numbers);
        var random = new Random(20_260_102);
        for (int kill = 0; kill < Kills; kill++)
        {
            await using ProgramProcess program = ProgramProcess.Start("test-node", ["run", node]);

            // Half of the kills hit the start, wherever it is just then; half hit it while events flow.
            if (random.Next(2) == 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 900)), TimeProvider.System, TestContext.Current.CancellationToken);
            }
            else
            {
                int more = random.Next(1, 200);
                int before = broker.Events.Count;
                await broker.WaitAsync(events => events.Count >= before + more, TestContext.Current.CancellationToken);
            }

            program.Kill();
            await program.ExitAsync(TestContext.Current.CancellationToken);
        }

        int beforeTheEnd = broker.Distinct.Count;
        await using ProgramProcess last = ProgramProcess.Start("test-node", ["run", node, "--until-finished"]);
        Assert.Equal(0, await last.ExitAsync(TestContext.Current.CancellationToken));

        string[] arrived = [.. broker.Distinct.Select(e => e.Id)];
        output.WriteLine($"kills {Kills}, expected {expected.Length}, arrived {arrived.Length}, of them before the last run {beforeTheEnd}, repeats {broker.Events.Count - arrived.Length}");
        Assert.InRange(beforeTheEnd, 1, expected.Length - 1);
        Assert.Equal(expected, arrived);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task With_the_disk_full_it_waits_and_goes_on_when_somebody_or_the_broker_makes_room(bool byBroker)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["small"]);
        int port = LoopbackPort.Free();
        string node = await NodeFileAsync(folder, port, dataDirectory: folder["small"], padding: 6000);
        Assert.SkipUnless(await CanMountAsync(folder["small"]), "This user may not mount a small file system (unshare, mount): the test needs a disk that is really full.");

        string program = Path.Combine(AppContext.BaseDirectory, "test-node.dll");
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo("unshare",
            [
                "--mount", "sh", "-c",
                $"mount -t tmpfs -o size=24m tmpfs '{folder["small"]}' && head -c {(byBroker ? 0 : 19_000_000)} /dev/zero > '{folder["small"]}/filler' && exec dotnet '{program}' run '{node}' --until-finished",
            ])
            { RedirectStandardError = true, RedirectStandardOutput = true },
        };
        var full = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var again = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data?.Contains("The outbox cannot commit (SQLite Error 13", StringComparison.Ordinal) == true)
            {
                full.TrySetResult();
            }
            else if (line.Data?.Contains("The outbox commits again", StringComparison.Ordinal) == true)
            {
                again.TrySetResult();
            }
        };
        process.Start();
        process.BeginErrorReadLine();
        try
        {
            await full.Task.WaitAsync(TestContext.Current.CancellationToken);
            if (!byBroker)
            {
                File.Delete($"/proc/{process.Id}/root{folder["small"]}/filler");
            }

            await using TestBroker broker = await TestBroker.StartAsync(port);
            await again.Task.WaitAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.Equal(0, process.ExitCode);
            Assert.Equal(await UninterruptedAsync(padding: 6000), broker.Distinct.Select(e => e.Id));
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    [Fact]
    public async Task Asked_to_stop_it_drains_says_stopped_and_exits_with_0()
    {
        using var folder = new TemporaryFolder();
        await using TestBroker broker = await TestBroker.StartAsync();
        string node = await NodeFileAsync(folder, broker.Port);
        await using ProgramProcess program = ProgramProcess.Start("test-node", ["run", node]);
        await broker.WaitAsync(events => events.Count >= 20, TestContext.Current.CancellationToken);
        program.Terminate();

        Assert.Equal(0, await program.ExitAsync(TestContext.Current.CancellationToken));
        Assert.Equal("stopped", broker.Statuses.Last());
    }

    /// <summary>What one run that nobody disturbs sends, in order.</summary>
    private static async Task<string[]> UninterruptedAsync(int numbers = 20_000, int padding = 0)
    {
        using var folder = new TemporaryFolder();
        await using TestBroker broker = await TestBroker.StartAsync();
        await using ProgramProcess program = ProgramProcess.Start(
            "test-node", ["run", await NodeFileAsync(folder, broker.Port, numbers, padding: padding), "--until-finished", "--set", "streams[0].source.everyMs=0"]);
        Assert.Equal(0, await program.ExitAsync(TestContext.Current.CancellationToken));
        return [.. broker.Distinct.Select(e => e.Id)];
    }

    private static async Task<string> NodeFileAsync(TemporaryFolder folder, int port, int numbers = 20_000, string? dataDirectory = null, int padding = 0)
    {
        await File.WriteAllTextAsync(folder["node.json"], $$"""
            {
              "site": "s", "node": "n", "dataDirectory": "{{dataDirectory ?? folder["data"]}}",
              "mqtt": { "host": "127.0.0.1", "port": {{port}}, "backoff": { "initialSeconds": 0.02, "maxSeconds": 0.2 } },
              "outbox": { "whenFull": "block" }, "checkpointSeconds": 0.1,
              "streams": [{ "name": "a", "source": { "type": "numbers", "count": {{numbers}}, "block": 20, "everyMs": 5 }, "sum": { "every": 5, "padding": {{padding}} } }]
            }
            """, TestContext.Current.CancellationToken);
        return folder["node.json"];
    }

    private static async Task<bool> CanMountAsync(string folder)
    {
        try
        {
            using Process probe = Process.Start("unshare", ["--mount", "mount", "-t", "tmpfs", "tmpfs", folder]);
            await probe.WaitForExitAsync(TestContext.Current.CancellationToken);
            return probe.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
