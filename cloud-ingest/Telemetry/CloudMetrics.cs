using System.Diagnostics.Metrics;
using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Store;

namespace Sensing.CloudIngest.Telemetry;

/// <summary>The instruments of this tier: what comes in, what is stored, how long it took. docs/operations.md lists them.</summary>
/// <remarks>Totals are counted here and read when somebody looks, so that a counter shows 0 before its first event and counting costs
/// one interlocked addition.</remarks>
public sealed partial class CloudMetrics
{
    public const string MeterName = "Sensing.CloudIngest";

    private static readonly DeadLetterKind[] Kinds = Enum.GetValues<DeadLetterKind>();

    private readonly Meter _meter;
    private readonly Histogram<double> _commit;
    private readonly Histogram<double> _commitToStore;
    private readonly long[] _deadLetters = new long[Kinds.Length];
    private long _received;
    private long _acknowledged;
    private long _inFlight;
    private long _stored;
    private long _repeated;
    private long _commits;
    private long _failures;
    private long _connections;
    private long _refused;
    private long _removed;

    public CloudMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        Total("sensing.ingest.received", "{message}", "MQTT messages that came in, of every kind.", () => Interlocked.Read(ref _received));
        Total("sensing.ingest.acknowledged", "{message}", "QoS 1 and 2 messages that were acknowledged after they had become durable.", () => Interlocked.Read(ref _acknowledged));
        _meter.CreateObservableUpDownCounter("sensing.ingest.in_flight", () => Interlocked.Read(ref _inFlight), "{message}", "Messages that came in and are not durable yet.");
        _meter.CreateObservableCounter("sensing.ingest.dead_letters", DeadLetters, "{message}", "Messages that became dead letters, by what is wrong with them.");
        Total("sensing.broker.refused", "{message}", "Messages that the embedded broker refused: their sender may not publish on their topic.", () => Interlocked.Read(ref _refused));
        Total("sensing.bridge.connections", "{connection}", "Connections that the bridge has made to the external MQTT broker; more than one: it reconnected.", () => Interlocked.Read(ref _connections));
        Total("sensing.store.stored", "{event}", "New events that were stored.", () => Interlocked.Read(ref _stored));
        Total("sensing.store.duplicates", "{event}", "Events passed over because their id was stored already.", () => Interlocked.Read(ref _repeated));
        Total("sensing.store.removed", "{event}", "Events that retention, or the bound of the store's size, has removed.", () => Interlocked.Read(ref _removed));
        Total("sensing.store.commits", "{commit}", "Commits that went through.", () => Interlocked.Read(ref _commits));
        Total("sensing.store.commit.failures", "{commit}", "Commits that the store refused; each is tried again.", () => Interlocked.Read(ref _failures));
        _commit = _meter.CreateHistogram("sensing.store.commit.duration", "s", "Time of a commit of the store, failed ones too.", advice: Buckets(
            0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10));
        _commitToStore = _meter.CreateHistogram("sensing.delivery.commit_to_store.duration", "s", "From the event's commit on its node, by the node's clock, to its commit in the store; repeats too.", advice: Buckets(
            0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.35, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 3600, 21_600, 86_400));
    }

    /// <summary>Messages that came in and are not durable yet.</summary>
    public long InFlight => Interlocked.Read(ref _inFlight);

    /// <summary>A message came in.</summary>
    public void Received(LogRecord record)
    {
        Interlocked.Increment(ref _received);
        if (record is DeadLetterRecord letter)
        {
            Interlocked.Increment(ref _deadLetters[(int)letter.Kind]);
        }
    }

    /// <summary>A message is on its way to the log (1), or has become durable or been given up (-1).</summary>
    /// <returns>How many are on their way now.</returns>
    public long MoveInFlight(int change) => Interlocked.Add(ref _inFlight, change);

    /// <summary>Messages were acknowledged to their sender.</summary>
    public void Acknowledged(int count) => Interlocked.Add(ref _acknowledged, count);

    /// <summary>A message was refused to its sender.</summary>
    public void Refused() => Interlocked.Increment(ref _refused);

    /// <summary>The bridge has a connection.</summary>
    public void BridgeConnected() => Interlocked.Increment(ref _connections);

    /// <summary>A commit of the store went through.</summary>
    public void Committed(IReadOnlyList<LogRecord> records, AppendResult result, TimeSpan duration, DateTimeOffset now)
    {
        Interlocked.Increment(ref _commits);
        Interlocked.Add(ref _stored, result.Added);
        Interlocked.Add(ref _repeated, result.Repeated);
        _commit.Record(duration.TotalSeconds);
        int letters = 0;
        foreach (LogRecord record in records)
        {
            if (record is EventRecord { Committed: { } committed })
            {
                // A node's clock may be ahead of this one.
                _commitToStore.Record(Math.Max(0, (now - committed).TotalSeconds));
            }

            letters += record is DeadLetterRecord ? 1 : 0;
            if (record is DeadLetterRecord { Kind: DeadLetterKind.Store })
            {
                // Counted here, since it came in as something else.
                Interlocked.Increment(ref _deadLetters[(int)DeadLetterKind.Store]);
            }
        }

        // What the store itself made dead letters of.
        Interlocked.Add(ref _deadLetters[(int)DeadLetterKind.Series], result.DeadLetters - letters);
    }

    /// <summary>A commit was refused.</summary>
    public void CommitFailed(TimeSpan duration)
    {
        Interlocked.Increment(ref _failures);
        _commit.Record(duration.TotalSeconds);
    }

    /// <summary>A sweep has removed events.</summary>
    public void Removed(long events) => Interlocked.Add(ref _removed, events);

    /// <summary>Shows how many dead letters were removed before their time.</summary>
    public void ObserveDeadLetterLoss(Func<long> removed) => Total(
        "sensing.store.dead_letters.removed", "{message}", "Dead letters removed before their time, since they had reached their bound or the store was full.", removed);

    /// <summary>Shows how many live readers there are.</summary>
    public void ObserveLiveReaders(Func<int> count) =>
        _meter.CreateObservableUpDownCounter("sensing.query.live_readers", count, "{reader}", "Live readers (server-sent events) that are connected.");

    /// <summary>Shows how many clients the embedded broker has.</summary>
    public void ObserveBrokerClients(Func<int> count) =>
        _meter.CreateObservableUpDownCounter("sensing.broker.clients", count, "{client}", "Clients that are connected to the embedded broker.");

    private IEnumerable<Measurement<long>> DeadLetters() => Kinds.Select(kind =>
        new Measurement<long>(Interlocked.Read(ref _deadLetters[(int)kind]), KeyValuePair.Create<string, object?>("reason", Word(kind))));

    private static string Word(DeadLetterKind kind) => kind switch
    {
        DeadLetterKind.ContentType => "content_type",
        DeadLetterKind.Attributes => "attributes",
        DeadLetterKind.Topic => "topic",
        DeadLetterKind.Syntax => "syntax",
        DeadLetterKind.Payload => "payload",
        DeadLetterKind.Status => "status",
        DeadLetterKind.Series => "series",
        DeadLetterKind.Store => "store",
        _ => "other",
    };

    private void Total(string name, string unit, string description, Func<long> value) => _meter.CreateObservableCounter(name, value, unit, description);

    private static InstrumentAdvice<double> Buckets(params double[] boundaries) => new() { HistogramBucketBoundaries = boundaries };
}
