using Sensing.Testing;
using Sensing.Testing.Delivery;

namespace Sensing.EdgeNode.Tests.Outbox;

public class SmallDiskTests
{
    private const int Numbers = 1500;

    [Fact]
    public async Task Started_with_less_than_16_MiB_free_the_node_says_so_and_empties_itself_once_the_broker_is_back()
    {
        Assert.SkipUnless(SmallDisk.CanMake, SmallDisk.Missing);
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["data"]);
        int port = LoopbackPort.Free();
        await File.WriteAllTextAsync(folder["node.json"], $$"""
            {
              "site": "site", "node": "node", "dataDirectory": "{{folder["data"]}}",
              "mqtt": { "host": "127.0.0.1", "port": {{port}}, "backoff": { "initialSeconds": 0.02, "maxSeconds": 0.2 } },
              "streams": [{ "name": "a", "source": { "type": "numbers", "count": {{Numbers}} }, "sum": { "padding": 6000 } }]
            }
            """, cancellation);

        // 9 MB of events for a disk of 6 MB.
        await using ProgramProcess node = ProgramProcess.Start(
            "test-node", ["run", folder["node.json"], "--until-finished"],
                through: new SmallDisk(folder["data"], megabytes: 6).Command);
        await node.WaitForLineAsync("Little room on the disk of .*: [0-9]+ MiB are free", cancellation);
        await node.WaitForLineAsync("The outbox cannot commit", cancellation);
        await using TestBroker broker = await TestBroker.StartAsync(port);
        await node.SucceedAsync(cancellation);

        Assert.InRange(broker.Distinct.Count, Numbers, Numbers + 1);
    }
}
