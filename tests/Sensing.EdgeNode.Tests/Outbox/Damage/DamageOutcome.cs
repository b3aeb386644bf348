using Sensing.EdgeNode.Outbox;
using Sensing.Events;

namespace Sensing.EdgeNode.Tests.Outbox.Damage;

/// <summary>What two starts after a damage made of it.</summary>
public sealed record DamageOutcome
{
    /// <summary>The second start failed as the first; why.</summary>
    public string? CrashLoop { get; init; }

    /// <summary>Unsent events that are not there any more.</summary>
    public required int Missing { get; init; }

    /// <summary>What is not as it was, and nobody was told; null: nothing.</summary>
    public string? Silent { get; init; }

    /// <summary>Events that were never written, or with other contents.</summary>
    public required int False { get; init; }

    /// <summary>Events whose bytes are still whole in the damaged files.</summary>
    public required int Salvageable { get; init; }

    /// <summary>Those of them that are there.</summary>
    public required int Salvaged { get; init; }

    /// <summary>Acknowledged or refused events that will be sent once more.</summary>
    public required int Again { get; init; }

    /// <summary>Starts on the damaged files twice, as a service manager does.</summary>
    /// <param name="specimen">What the outbox held.</param>
    /// <param name="whole">Ids of the events whose bytes are whole in the damaged files.</param>
    /// <param name="folder">Where those are.</param>
    public static async Task<DamageOutcome> OfAsync(OutboxSpecimen specimen, HashSet<string> whole, string folder)
    {
        string path = Path.Combine(folder, "outbox.db");
        string? crash = null;
        bool isReported = false, checkpointIsKept = true;
        var found = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var dead = new HashSet<string>(StringComparer.Ordinal);
        for (int start = 0; start < 2; start++)
        {
            try
            {
                crash = null;
                found.Clear();
                dead.Clear();
                await using EventOutbox outbox = OutboxSpecimen.Open(path);
                _ = outbox.Statistics;
                foreach (OutboxEntry entry in outbox.Take(int.MaxValue))
                {
                    found[entry.Event.Id] = entry.Event.Data.ToArray();
                }

                dead.UnionWith(outbox.DeadLetters(int.MaxValue).Select(letter => letter.Entry.Event.Id));
                StreamCheckpoint? checkpoint = outbox.LoadCheckpoint(OutboxSpecimen.Stream);
                checkpointIsKept = checkpoint is not null && checkpoint.Position == specimen.Checkpoint.Position
                    && checkpoint.State.Span.SequenceEqual(specimen.Checkpoint.State.Span);
                SensorEvent told = OutboxSpecimen.Event($"report-{start}", 50, new Random(start));
                if (outbox.Recovery is not null)
                {
                    isReported = true;
                    await outbox.ReportRecoveryAsync(told, CancellationToken.None);
                }
                else
                {
                    await outbox.AppendAsync([told]);
                }

                await outbox.AcknowledgeAsync([.. outbox.Take(int.MaxValue).Where(entry => entry.Event.Id == told.Id)]);
            }
            catch (Exception error)
            {
                // Whatever it is, a node would end with it.
                crash = error.ToString();
            }
        }

        // A dead letter that is an event again is refused again.
        int missing = specimen.Waiting.Keys.Count(id => !found.ContainsKey(id));
        int deadMissing = specimen.Dead.Keys.Count(id => !dead.Contains(id) && !found.ContainsKey(id));
        string[] lost =
        [
            .. missing > 0 ? [$"{missing} events"] : Array.Empty<string>(), .. deadMissing > 0
                ? [$"{deadMissing} dead letters"] : Array.Empty<string>(),
            .. checkpointIsKept ? Array.Empty<string>() : ["the checkpoint"],
        ];
        return new DamageOutcome
        {
            CrashLoop = crash,
            Missing = missing,
            Silent = crash is null && !isReported && lost.Length > 0 ? string.Join(", ", lost) : null,
            False = found.Count(one => !Known(specimen, one.Key, one.Value)),
            Salvageable = whole.Count,
            Salvaged = whole.Count(found.ContainsKey),
            Again = found.Keys.Count(id => specimen.Gone.ContainsKey(id) || specimen.Dead.ContainsKey(id)),
        };
    }

    private static bool Known(OutboxSpecimen specimen, string id, byte[] data) =>
        new[] { specimen.Waiting, specimen.Gone, specimen.Dead }.Any(known =>
            known.TryGetValue(id, out byte[]? written) && written.AsSpan().SequenceEqual(data));
}
