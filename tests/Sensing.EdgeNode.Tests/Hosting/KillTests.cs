using Sensing.Testing;

namespace Sensing.EdgeNode.Tests.Hosting;

/// <summary>The real program, killed and starved.</summary>
public class KillTests(ITestOutputHelper output)
{
    private const int Kills = 20;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_twenty_times_at_random_instants_every_event_arrives_once_by_id_and_in_order()
    {
        string[] expected = await UninterruptedAsync();
        using var folder = new TemporaryFolder();
        await using TestBroker broker = await TestBroker.StartAsync();
        string node = await NodeFileAsync(folder, broker.Port);
        var random = new Random(20_260_102);
        for (int kill = 0; kill < Kills; kill++)
        {
            await using ProgramProcess program = ProgramProcess.Start("test-node", ["run", node]);

            // Half of the kills hit the start, wherever it is just then; half hit it while events flow.
            if (random.Next(2) == 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 900)), TimeProvider.System, Cancellation);
            }
            else
            {
                int more = random.Next(1, 200);
                int before = broker.Events.Count;
                await broker.WaitAsync(events => events.Count >= before + more, Cancellation);
            }

            program.Kill();
            await program.ExitAsync(Cancellation);
        }

        int beforeTheEnd = broker.Distinct.Count;
        await using ProgramProcess last = ProgramProcess.Start("test-node", ["run", node, "--until-finished"]);
        Assert.Equal(0, await last.ExitAsync(Cancellation));

        string[] arrived = [.. broker.Distinct.Select(e => e.Id)];
        output.WriteLine($"kills {Kills}, expected {expected.Length}, arrived {arrived.Length}, of them before the last run {beforeTheEnd}, repeats {broker.Events.Count - arrived.Length}");
        Assert.InRange(beforeTheEnd, 1, expected.Length - 1);
        Assert.Equal(expected, arrived);
    }

    [Fact]
    public async Task Asked_to_stop_it_drains_says_stopped_and_exits_with_0()
    {
        using var folder = new TemporaryFolder();
        await using TestBroker broker = await TestBroker.StartAsync();
        string node = await NodeFileAsync(folder, broker.Port);
        await using ProgramProcess program = ProgramProcess.Start("test-node", ["run", node]);
        await broker.WaitAsync(events => events.Count >= 20, Cancellation);
        program.Terminate();

        Assert.Equal(0, await program.ExitAsync(Cancellation));
        Assert.Equal("stopped", broker.Statuses.Last());
    }

    /// <summary>What one run that nobody disturbs sends, in order.</summary>
    private static async Task<string[]> UninterruptedAsync(int padding = 0)
    {
        using var folder = new TemporaryFolder();
        await using TestBroker broker = await TestBroker.StartAsync();
        await using ProgramProcess program = ProgramProcess.Start(
            "test-node", ["run", await NodeFileAsync(folder, broker.Port, padding: padding), "--until-finished", "--set", "streams[0].source.everyMs=0"]);
        Assert.Equal(0, await program.ExitAsync(Cancellation));
        return [.. broker.Distinct.Select(e => e.Id)];
    }

    private static async Task<string> NodeFileAsync(TemporaryFolder folder, int port, string? dataDirectory = null, int padding = 0)
    {
        await File.WriteAllTextAsync(folder["node.json"], $$"""
            {
              "site": "s", "node": "n", "dataDirectory": "{{dataDirectory ?? folder["data"]}}",
              "mqtt": { "host": "127.0.0.1", "port": {{port}}, "backoff": { "initialSeconds": 0.02, "maxSeconds": 0.2 } },
              "outbox": { "whenFull": "block" }, "checkpointSeconds": 0.1,
              "streams": [{ "name": "a", "source": { "type": "numbers", "count": 20000, "block": 20, "everyMs": 5 }, "sum": { "every": 5, "padding": {{padding}} } }]
            }
            """, Cancellation);
        return folder["node.json"];
    }
}
