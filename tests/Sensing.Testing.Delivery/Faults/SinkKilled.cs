namespace Sensing.Testing.Delivery.Faults;

/// <summary>SIGKILL to the sink at random instants.</summary>
/// <param name="kills">How often.</param>
/// <param name="seed">Of the instants.</param>
/// <param name="postgres">True: the store is PostgreSQL; false: SQLite.</param>
public sealed class SinkKilled(int kills, int seed, bool postgres) : IDeliveryFault
{
    public string Name => postgres ? "sink_killed_postgres" : "sink_killed";

    public string Summary => $"the sink to {(postgres ? "PostgreSQL" : "SQLite")} killed {kills} times";

    public DeliverySetup Setup { get; } = new() { Postgres = postgres };

    public Task InjectAsync(DeliveryRig rig, CancellationToken cancellation) => RandomKills.RunAsync(
        rig, kills, seed, byStored: true,
        async () =>
        {
            await rig.Sink.KillAsync(cancellation);
            await rig.Sink.StartAsync(cancellation);
        },
        cancellation);
}
