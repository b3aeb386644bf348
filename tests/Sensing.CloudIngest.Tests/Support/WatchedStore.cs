using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Store;

namespace Sensing.CloudIngest.Tests.Support;

/// <summary>A store whose commits can be held up or made to fail, and are told.</summary>
public sealed class WatchedStore(IEventStore inner) : IEventStore
{
    private readonly Lock _lock = new();
    private readonly List<int> _batches = [];
    private TaskCompletionSource _entered = New();
    private TaskCompletionSource _held = New();
    private TaskCompletionSource _gate = Opened();
    private int _failures;
    private bool _closesAfterFailure;

    /// <summary>Sizes of the commits that went through.</summary>
    public IReadOnlyList<int> Batches
    {
        get
        {
            lock (_lock)
            {
                return [.. _batches];
            }
        }
    }

    /// <summary>Completes when an append has arrived since the last call of <see cref="Close"/> or <see cref="Fail"/>.</summary>
    public Task Entered => _entered.Task;

    public CommitSignal Commits => inner.Commits;

    /// <summary>Appends wait from now on.</summary>
    public void Close()
    {
        _entered = New();
        _gate = New();
    }

    /// <summary>The next append throws, and those after it wait.</summary>
    /// <returns>Completes when one of those has arrived.</returns>
    public Task FailAndClose()
    {
        _held = New();
        _closesAfterFailure = true;
        Fail(1);
        return _held.Task;
    }

    /// <summary>Appends go on.</summary>
    public void Open() => _gate.TrySetResult();

    /// <summary>The next <paramref name="times"/> appends throw.</summary>
    public void Fail(int times)
    {
        _entered = New();
        Volatile.Write(ref _failures, times);
    }

    public async Task<AppendResult> AppendAsync(
        IReadOnlyList<LogRecord> records, IReadOnlyList<LogPosition> positions, CancellationToken cancellation)
    {
        Task gate = _gate.Task;
        _entered.TrySetResult();
        if (!gate.IsCompleted)
        {
            _held.TrySetResult();
        }

        await gate.WaitAsync(cancellation);
        if (Interlocked.Decrement(ref _failures) >= 0)
        {
            if (_closesAfterFailure)
            {
                _closesAfterFailure = false;
                Close();
            }

            throw new IOException("the disk is full");
        }

        AppendResult result = await inner.AppendAsync(records, positions, cancellation);
        lock (_lock)
        {
            _batches.Add(records.Count);
        }

        return result;
    }

    public Task<OpenedStore> OpenAsync(CancellationToken cancellation) => inner.OpenAsync(cancellation);

    public Task<IReadOnlyList<LogPosition>> ReadPositionsAsync(CancellationToken cancellation) => inner.ReadPositionsAsync(cancellation);

    public Task<long> ReadHeadAsync(CancellationToken cancellation) => inner.ReadHeadAsync(cancellation);

    public Task<LivePage> ReadAfterAsync(long after, SeriesFilter filter, int limit, long maxBytes, CancellationToken cancellation) =>
        inner.ReadAfterAsync(after, filter, limit, maxBytes, cancellation);

    public Task<EventPage> ReadEventsAsync(EventQuery query, CancellationToken cancellation) => inner.ReadEventsAsync(query, cancellation);

    public Task<LatestPage> ReadLatestAsync(LatestQuery query, CancellationToken cancellation) => inner.ReadLatestAsync(query, cancellation);

    public Task<IReadOnlyList<SeriesSummary>> ReadSeriesAsync(CancellationToken cancellation) => inner.ReadSeriesAsync(cancellation);

    public Task<IReadOnlyList<Rollup>> ReadRollupsAsync(RollupQuery query, CancellationToken cancellation) => inner.ReadRollupsAsync(query, cancellation);

    public Task<IReadOnlyList<NodeEntry>> ReadNodesAsync(long after, CancellationToken cancellation) => inner.ReadNodesAsync(after, cancellation);

    public Task<IReadOnlyList<StoredDeadLetter>> ReadDeadLettersAsync(int limit, CancellationToken cancellation) =>
        inner.ReadDeadLettersAsync(limit, cancellation);

    public Task<SweepResult> SweepAsync(CancellationToken cancellation) => inner.SweepAsync(cancellation);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TaskCompletionSource Opened()
    {
        TaskCompletionSource opened = New();
        opened.SetResult();
        return opened;
    }
}
