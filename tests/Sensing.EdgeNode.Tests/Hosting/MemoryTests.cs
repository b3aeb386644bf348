using Sensing.Testing;

namespace Sensing.EdgeNode.Tests.Hosting;

/// <summary>Memory is bounded by configuration, not by run time.</summary>
/// <remarks>Alone, after all others: a collector that is kept from its processor for long lets more garbage stand, which is the tests' memory and not the node's.</remarks>
[Collection(Alone.Name)]
[TimeLimit(minutes: 4, reason: "Ten minutes of a thousand channels take 15 s on two idle cores.")]
public sealed class MemoryTests(ITestOutputHelper output)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_minutes_of_a_thousand_channels_at_1_kHz_stay_under_256_MB_with_no_broker_to_take_the_events()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["node.json"], $$"""
            {
              "site": "test", "node": "one", "dataDirectory": "{{folder["data"]}}",
              "mqtt": { "host": "127.0.0.1", "port": {{LoopbackPort.Free()}} },
              "streams": [
                {
                  "name": "road", "pace": "max",
                  "source": { "type": "synthetic", "channels": 1000, "sampleRateHz": 1000, "durationSeconds": 600 },
                  "das": {}
                }
              ]
            }
            """, Cancellation);
        await using ProgramProcess node = ProgramProcess.Start("edge-node", ["run", folder["node.json"]]);
        await node.WaitForLineAsync("Stream road .*end", Cancellation);

        long peak = node.PeakResidentBytes();
        output.WriteLine($"peak {peak / 1e6:F0} MB");
        Assert.InRange(peak, 50_000_000, 256_000_000);
    }
}
