using Sensing.Events;
using Sensing.Events.Node;
using Sensing.Testing;

namespace Sensing.EndToEnd;

/// <summary>SIGKILL at random instants: nothing is lost and nothing is doubled.</summary>
[TimeLimit(minutes: 12, reason: "Twenty kills and starts of the whole take 2.6 minutes on two idle cores.")]
public class StandaloneKillTests
{
    private const int Kills = 20;
    private const string Vehicles = "sensing.das.vehicle.v1";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_twenty_kills_every_event_is_in_the_store_once()
    {
        using var folder = new TemporaryFolder();
        // An hour of road, two minutes long when it is replayed: longer than all the interrupted runs together, so that every
        // kill finds the replay under way. The uninterrupted runs need not wait.
        string[] unhurried = Road.Recording(folder.Path, seconds: 3600, pace: "30x");
        string[] options = Road.Recording(folder.Path, seconds: 3600, pace: "max");
        SensorEvent[] expected = await UninterruptedAsync(folder["reference"], options);
        var random = new Random(20);
        int interrupted = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            await using Standalone standalone = await Standalone.StartAsync(folder["killed"], unhurried, Cancellation);
            int wait = random.Next(0, 12);
            await using IAsyncEnumerator<SensorEvent> live = standalone.Query.LiveAsync(Vehicles, Cancellation).GetAsyncEnumerator(Cancellation);
            while (wait-- > 0 && !await FinishedAsync(standalone) && await live.MoveNextAsync())
            {
            }

            interrupted += await FinishedAsync(standalone) ? 0 : 1;
            standalone.Process.Kill();
            await standalone.Process.ExitAsync(Cancellation);
        }

        SensorEvent[] stored = await UninterruptedAsync(folder["killed"], options);

        Assert.True(interrupted >= Kills / 2, $"Only {interrupted} of {Kills} kills met a replay under way.");
        Assert.NotEmpty(expected);
        Assert.Equal(expected.Select(e => e.Id), stored.Select(e => e.Id));
        Assert.Equal(expected, stored);
    }

    private static async Task<SensorEvent[]> UninterruptedAsync(string data, string[] options)
    {
        await using ProgramProcess run = ProgramProcess.Start(
            "standalone", ["--data", data, "--listen", "http://127.0.0.1:0", "--until-finished", .. options]);
        Assert.Equal(0, await run.ExitAsync(Cancellation));
        await using Standalone reader = await Standalone.StartAsync(data, options, Cancellation);
        return [.. await reader.Query.EventsAsync(Vehicles, Cancellation)];
    }

    private static async Task<bool> FinishedAsync(Standalone standalone) =>
        (await standalone.Query.NodesAsync(Cancellation)).SelectMany(node => node.Streams).Any(stream => stream.State == StreamState.Finished);
}
