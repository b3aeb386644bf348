namespace Sensing.Testing.Delivery.Faults;

/// <summary>PostgreSQL stopped as by a crash under load, and started again.</summary>
/// <param name="times">How often.</param>
/// <param name="seed">Of the instants.</param>
public sealed class PostgresStopped(int times, int seed) : IDeliveryFault
{
    public string Name => "postgres_stopped";

    public string Summary => $"PostgreSQL stopped as by a crash and started again {times} times";

    public DeliverySetup Setup { get; } = new() { Postgres = true };

    public Task InjectAsync(DeliveryRig rig, CancellationToken cancellation) => RandomKills.RunAsync(
        rig, times, seed, byStored: false,
        async () =>
        {
            await rig.Postgres.StopAsync(cancellation);
            await rig.Postgres.StartAsync(cancellation);
        },
        cancellation);
}
