using Sensing.CloudIngest.Log;

namespace Sensing.CloudIngest.Store;

/// <summary>Keeps events, node states and dead letters, each once, and answers queries about them.</summary>
/// <remarks>Every implementation passes the same contract tests. Writing is for one caller at a time; reading is for many.
/// What was appended is visible to every read that begins afterwards.</remarks>
public interface IEventStore : IAsyncDisposable
{
    /// <summary>Opens or creates the store; called once, before anything else.</summary>
    /// <returns>What there is to say about it in the log.</returns>
    Task<OpenedStore> OpenAsync(CancellationToken cancellation);

    /// <summary>Writes all of <paramref name="records"/> and <paramref name="positions"/> in one transaction, or nothing. An event
    /// whose source and id are known is passed over: only these two decide.</summary>
    /// <returns>After the commit is on the disk.</returns>
    /// <exception cref="RefusedDataException">A record cannot be stored, whatever is tried: nothing was written.</exception>
    /// <exception cref="PositionConflictException">A position is not where <see cref="LogPosition.Expected"/> says: nothing was written.</exception>
    Task<AppendResult> AppendAsync(IReadOnlyList<LogRecord> records, IReadOnlyList<LogPosition> positions, CancellationToken cancellation);

    /// <summary>The positions of the last append for each partition.</summary>
    Task<IReadOnlyList<LogPosition>> ReadPositionsAsync(CancellationToken cancellation);

    /// <summary>Counts commits; whoever waits for news waits on it.</summary>
    CommitSignal Commits { get; }

    /// <summary>Sequence number of the newest stored event; 0 before the first.</summary>
    Task<long> ReadHeadAsync(CancellationToken cancellation);

    /// <summary>Events stored after <paramref name="after"/>, in the order in which they were stored.</summary>
    /// <param name="after">Sequence number of the event before.</param>
    /// <param name="filter">Which streams and types.</param>
    /// <param name="limit">Events at most.</param>
    /// <param name="maxBytes">Payload bytes after which the page ends; one event always fits.</param>
    /// <param name="cancellation">Of the reader.</param>
    Task<LivePage> ReadAfterAsync(long after, SeriesFilter filter, int limit, long maxBytes, CancellationToken cancellation);

    /// <summary>Events in the order of their own time, page by page.</summary>
    Task<EventPage> ReadEventsAsync(EventQuery query, CancellationToken cancellation);

    /// <summary>The newest event of each stream and type. A time ahead of the arrival counts as the arrival, so that a wrong clock
    /// cannot stay 'latest'.</summary>
    Task<LatestPage> ReadLatestAsync(LatestQuery query, CancellationToken cancellation);

    /// <summary>Every pair of stream and type that has been seen.</summary>
    Task<IReadOnlyList<SeriesSummary>> ReadSeriesAsync(CancellationToken cancellation);

    Task<IReadOnlyList<Rollup>> ReadRollupsAsync(RollupQuery query, CancellationToken cancellation);

    /// <summary>Node states that changed after version <paramref name="after"/>, in the order of their changes; 0: all.</summary>
    Task<IReadOnlyList<NodeEntry>> ReadNodesAsync(long after, CancellationToken cancellation);

    /// <summary>The newest dead letters, newest first.</summary>
    Task<IReadOnlyList<StoredDeadLetter>> ReadDeadLettersAsync(int limit, CancellationToken cancellation);

    /// <summary>Removes what is older than its retention or too much, and gives its room back.</summary>
    Task<SweepResult> SweepAsync(CancellationToken cancellation);
}
