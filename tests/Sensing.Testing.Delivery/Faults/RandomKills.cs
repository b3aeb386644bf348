namespace Sensing.Testing.Delivery.Faults;

/// <summary>Kills something at random instants of the load: each kill has its portion of the events.</summary>
internal static class RandomKills
{
    /// <param name="rig">At work.</param>
    /// <param name="kills">How often.</param>
    /// <param name="seed">Of the instants.</param>
    /// <param name="byStored">True: instants are counted in rows stored; false: in acknowledgements of the first producer.</param>
    /// <param name="kill">Kills and starts again.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task RunAsync(DeliveryRig rig, int kills, int seed, bool byStored, Func<Task> kill, CancellationToken cancellation)
    {
        var random = new Random(seed);
        int portion = rig.Events / (kills + 1);
        int waited = 0;
        for (int number = 0; number < kills; number++)
        {
            rig.Gate.Open((number + 1.0) / (kills + 1));
            if (byStored)
            {
                await rig.StoredAsync((number * portion) + random.Next(1, Math.Max(2, portion)), cancellation);
            }
            else
            {
                // The first producer has half of the events.
                int target = (number * (portion / 2)) + random.Next(1, Math.Max(2, portion / 2));
                await rig.AcknowledgedAsync(target - waited, cancellation);
                waited = target;
            }

            await kill();
        }
    }
}
