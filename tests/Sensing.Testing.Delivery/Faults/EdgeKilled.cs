namespace Sensing.Testing.Delivery.Faults;

/// <summary>SIGKILL to the edge node at random instants of its work, each fourth time once more while it starts.</summary>
/// <param name="kills">How often, those at its start not counted.</param>
/// <param name="seed">Of the instants.</param>
public sealed class EdgeKilled(int kills, int seed) : IDeliveryFault
{
    /// <summary>A kill counted here has come while numbers were read that the node had still to go on with.</summary>
    public const string MidWork = "kills_mid_work";

    /// <summary>About what a start takes on a busy machine.</summary>
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(0.9);

    public string Name => "edge_killed";

    public string Summary => $"the edge node killed {kills} times, and once more in each fourth of its starts";

    public DeliverySetup Setup { get; } = new() { Edge = new EdgeSetup() };

    public async Task InjectAsync(DeliveryRig rig, CancellationToken cancellation)
    {
        var random = new Random(seed);
        long portion = rig.Events / (kills + 1);
        rig.Counts[MidWork] = 0;
        rig.Counts["kills_at_start"] = 0;
        for (int number = 0; number < kills; number++)
        {
            // Before the last tenth of its portion: what it may read must outlast the moment until the kill comes.
            rig.Gate.Open((number + 1.0) / (kills + 1));
            await rig.Edge.ReadAsync((number * portion) + random.NextInt64(1, Math.Max(2, portion * 9 / 10)), cancellation);
            await rig.Edge.KillAsync(cancellation);
            rig.Counts[MidWork] += rig.Edge.HasMoreToRead ? 1 : 0;
            rig.Edge.Start();
            if (number % 4 == 3)
            {
                await Task.Delay(random.NextDouble() * LongestStart, TimeProvider.System, cancellation);
                await rig.Edge.KillAsync(cancellation);
                rig.Counts["kills_at_start"]++;
                rig.Edge.Start();
            }
        }
    }
}
