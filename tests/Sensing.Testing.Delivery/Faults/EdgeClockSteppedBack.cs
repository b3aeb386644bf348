using System.Text.Json;

namespace Sensing.Testing.Delivery.Faults;

/// <summary>The edge node's clock set back an hour while it works, and the node killed and started with the clock as it is then.</summary>
/// <param name="times">How often, an hour each time.</param>
/// <param name="seed">Of the instants.</param>
public sealed class EdgeClockSteppedBack(int times, int seed) : IDeliveryFault
{
    private static readonly TimeSpan Step = TimeSpan.FromHours(-1);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    public string Name => "edge_clock_stepped_back";

    public string Summary => $"the edge node's clock set back an hour {times} times while it works, each time killed once afterwards";

    public DeliverySetup Setup { get; } = new() { Edge = new EdgeSetup() };

    public async Task InjectAsync(DeliveryRig rig, CancellationToken cancellation)
    {
        var random = new Random(seed);
        long portion = rig.Events / (2 * times);
        using var http = new HttpClient();
        for (int number = 0; number < times; number++)
        {
            rig.Gate.Open((number + 0.5) / times);
            await rig.Edge.ReadAsync((2 * number * portion) + random.NextInt64(1, portion), cancellation);
            DateTimeOffset before = await SaidAtAsync(rig, http, _ => true, cancellation).WaitAsync(DeliveryRig.Stall, TimeProvider.System, cancellation);
            rig.Edge.StepClock(Step);

            // The cloud hears it of the node: the step has come in while it worked.
            await SaidAtAsync(rig, http, said => said < before + (Step / 2), cancellation).WaitAsync(DeliveryRig.Stall, TimeProvider.System, cancellation);
            rig.Gate.Open((number + 1.0) / times);
            await rig.Edge.ReadAsync((((2 * number) + 1) * portion) + random.NextInt64(1, Math.Max(2, portion * 9 / 10)), cancellation);
            await rig.Edge.KillAsync(cancellation);
            rig.Edge.Start();
        }
    }

    /// <summary>When the node's last status was sent by the node's own clock, once it is as wanted.</summary>
    private static async Task<DateTimeOffset> SaidAtAsync(DeliveryRig rig, HttpClient http, Func<DateTimeOffset, bool> wanted, CancellationToken cancellation)
    {
        while (true)
        {
            using JsonDocument nodes = JsonDocument.Parse(await http.GetStringAsync(new Uri(await rig.Sink.Up, "/api/v1/nodes"), cancellation));
            if (nodes.RootElement.GetArrayLength() > 0 && nodes.RootElement[0].GetProperty("status").GetProperty("sentAt").GetDateTimeOffset() is var said && wanted(said))
            {
                return said;
            }

            await Task.Delay(Look, TimeProvider.System, cancellation);
        }
    }
}
