using Sensing.CloudIngest.Bridge;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Store;

namespace Sensing.CloudIngest.Health;

/// <summary>Whether this tier works, part by part, measured by data that move and not by open sockets.</summary>
/// <remarks>Live: a restart would not help. Ready: what comes in becomes durable and can be read, now.</remarks>
public sealed class TierHealth(
    IEnumerable<IHealthPart> parts, INodePresence presence, CloudOptions options, TimeProvider time,
    MessageIntake? intake = null, IEventStore? store = null, StoreCommits? commits = null, DeadLetterLoss? loss = null)
{
    /// <summary>A probe that takes longer than this has failed.</summary>
    private static readonly TimeSpan ProbeTime = TimeSpan.FromSeconds(3);

    /// <summary>A commit that is not older than this shows that the store writes; it spares the probe its own.</summary>
    private static readonly TimeSpan FreshCommit = TimeSpan.FromSeconds(10);

    /// <summary>What only a restart can mend.</summary>
    public IReadOnlyList<HealthCheck> Live()
    {
        TimeSpan still = intake?.Still ?? TimeSpan.Zero;
        return
        [
            .. parts.Select(part => new HealthCheck(part.Name, part.IsRunning ? null : $"the {part.Name} has ended: restart the process")),
            // While a part says what is wrong, it tries again by itself and a restart would not help.
            new HealthCheck("flow", parts.All(part => part.Problem is null) && still >= TimeSpan.FromSeconds(options.Limits.StallSeconds)
                ? $"messages have been waiting for {still.TotalSeconds:0} s without one becoming durable, and nothing says why: restart the process"
                : null),
        ];
    }

    /// <summary>Whether events are taken, stored and can be read, each part at once.</summary>
    public async Task<IReadOnlyList<HealthCheck>> ReadyAsync(CancellationToken cancellation)
    {
        Task<string?>? reads = store is null ? null : ProbeAsync("cannot be read", probe => store.ReadHeadAsync(probe), cancellation);
        Task<string?>? writes = commits is null ? null
            : commits.LastCommit is { } last && time.GetElapsedTime(last) < FreshCommit ? Task.FromResult<string?>(null)
            : ProbeAsync("does not take events", probe => commits.ProbeAsync(probe), cancellation);
        List<HealthCheck> checks =
        [
            .. Live(),
            new HealthCheck("intake", presence.Problem),
            .. parts.Select(part => new HealthCheck(part.Name, part.Problem)),
        ];
        if (writes is not null)
        {
            checks.Add(new HealthCheck("store.write", await writes.ConfigureAwait(false)));
        }

        if (loss is not null && store is not null)
        {
            checks.Add(new HealthCheck("store.dead_letters", null) { Warning = loss.Warning });
        }

        if (reads is not null)
        {
            checks.Add(new HealthCheck("store.read", await reads.ConfigureAwait(false)));
        }

        return checks;
    }

    private async Task<string?> ProbeAsync(string what, Func<CancellationToken, Task> probe, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(ProbeTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            // A probe that does not heed its cancellation is not waited for either.
            await probe(either.Token).WaitAsync(either.Token).ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"the store does not answer within {ProbeTime.TotalSeconds:0} s";
        }
#pragma warning disable CA1031 // The check tells what is wrong; it does not fail itself.
        catch (Exception error) when (!cancellation.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return $"the store {what}: {error.Message}";
        }
    }
}
