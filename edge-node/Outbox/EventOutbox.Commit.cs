using Microsoft.Data.Sqlite;

namespace Sensing.EdgeNode.Outbox;

public sealed partial class EventOutbox
{
    /// <summary>Most events and acknowledgements in one transaction: bounds the memory of the write-ahead log's next growth.</summary>
    private const int MostInGroup = 8192;

    /// <summary>So many waiting requests end the waiting for more.</summary>
    private const int EnoughWaiting = 64;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SaySoEvery = TimeSpan.FromMinutes(1);

    private readonly System.Collections.Concurrent.ConcurrentQueue<Request> _removals = new();
    private volatile string? _problem;
    private long _lastCommit;
    private long _clockSaved;

    private async Task EnqueueAsync(Request request, CancellationToken cancellation)
    {
        try
        {
            await _queue.Writer.WriteAsync(request, cancellation);
        }
        catch (System.Threading.Channels.ChannelClosedException)
        {
            throw _failed.Task.IsCompleted ? await _failed.Task : Closed();
        }
    }

    /// <summary>Queues a removal. Removals have a way of their own, so that on a full disk they do not wait behind the appends
    /// that fill it; they are few, because the publisher asks for one at a time.</summary>
    private async Task RemoveAsync(Request removal)
    {
        _removals.Enqueue(removal);
        if (!_queue.Writer.TryWrite(new Request(0, (_, _) => { })) && _writing.IsCompleted)
        {
            FailRemovals(_failed.Task.IsCompleted ? await _failed.Task : Closed());
        }

        await removal.Done.Task;
    }

    /// <summary>The one writer: takes all that waits, commits it at once, goes on.</summary>
    private async Task WriteAsync()
    {
        var group = new List<Request>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            await LingerAsync();
            int weight = 0;
            long bytes = 0, mostBytes = _reserve.Share < OutboxReserve.Bytes ? _reserve.Share / 4 : long.MaxValue;
            group.Clear();
            group.AddRange(TakeRemovals());
            while (weight < MostInGroup && bytes < mostBytes && _queue.Reader.TryRead(out Request? request))
            {
                group.Add(request);
                weight += request.Weight;
                bytes += request.Promised?.Sum() ?? 0;
            }

            await CommitAsync(group);
            _lastCommit = _time.GetTimestamp();
        }

        // What was to be removed while the queue closed.
        group.Clear();
        group.AddRange(TakeRemovals());
        await CommitAsync(group);
    }

    private List<Request> TakeRemovals()
    {
        var removals = new List<Request>();
        while (_removals.TryDequeue(out Request? removal))
        {
            removals.Add(removal);
        }

        return removals;
    }

    private void FailRemovals(OutboxException failure)
    {
        foreach (Request removal in TakeRemovals())
        {
            removal.Done.TrySetException(failure);
        }
    }

    /// <summary>Small commits wear flash memory out: they are grouped by keeping them apart, unless much waits.</summary>
    private async Task LingerAsync()
    {
        if (_options.CommitEveryMs == 0)
        {
            return;
        }

        TimeSpan rest = TimeSpan.FromMilliseconds(_options.CommitEveryMs) - _time.GetElapsedTime(_lastCommit);
        if (_lastCommit != 0 && rest > TimeSpan.Zero && _queue.Reader.Count < EnoughWaiting && !_closing.IsCancellationRequested)
        {
            await Task.Delay(rest, _time, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task CommitAsync(List<Request> group)
    {
        long? failing = null;
        long said = 0;
        while (group.Count > 0)
        {
            if (MustWaitForReserve(group))
            {
                await WaitAsync("what room is left is kept for emptying the outbox", keepsRoom: true);
                continue;
            }

            try
            {
                Settle(group, Apply(group));
                if (failing is { } since)
                {
                    _problem = null;
                    OutboxLog.CommitsAgain(_logger, _time.GetElapsedTime(since).TotalSeconds);
                    _reserve.TryTake();
                }

                return;
            }
            catch (SqliteException error) when (MayPass(error) && !_closing.IsCancellationRequested)
            {
                await WaitAsync(error.Message);
            }
            catch (Exception error)
            {
                Fail(group, error);
                return;
            }
        }

        // A full disk is waited out: nothing is thrown away, and what waits here holds the streams back.
        async Task WaitAsync(string problem, bool keepsRoom = false)
        {
            _problem = problem;
            if (failing is null || _time.GetElapsedTime(said) >= SaySoEvery)
            {
                said = _time.GetTimestamp();
                OutboxLog.CannotCommit(_logger, problem, _path);
            }

            failing ??= _time.GetTimestamp();
            if (!TryRemove(group) && (keepsRoom || (!TryFoldLog() && !TryPart(group))))
            {
                await Task.Delay(RetryAfter, _time, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private TallyChange Apply(List<Request> group)
    {
        var change = new TallyChange();
        using SqliteTransaction transaction = _tables.Begin();
        foreach (Request request in group)
        {
            request.Apply(_tables, change);
        }

        bool saveClock = _time.GetElapsedTime(_clockSaved) >= TimeSpan.FromSeconds(1);
        if (saveClock)
        {
            _tables.SaveClock(_age.NowMs, _time.GetUtcNow(), clean: false);
        }

        if (MustDrop(group, change))
        {
            // Nothing may be taken out for sending between the choice of what to drop and its commit.
            lock (_reading)
            {
                DropDown(group, change);
                transaction.Commit();
            }
        }
        else
        {
            transaction.Commit();
        }

        if (saveClock)
        {
            _clockSaved = _time.GetTimestamp();
        }

        return change;
    }

    private void Settle(List<Request> group, TallyChange change)
    {
        lock (_counts)
        {
            long before = _held.Sum();
            for (int i = 0; i < _held.Length; i++)
            {
                _committed[i] += change.Bytes((Events.EventPriority)i);
                _events[i] += change.Events((Events.EventPriority)i);
                for (int reason = 0; reason < LossReason.All.Length; reason++)
                {
                    _dropped[reason, i] += change.Dropped(reason, (Events.EventPriority)i);
                }

                _held[i] += change.Bytes((Events.EventPriority)i) - group.Sum(request => request.Promised?[i] ?? 0);
            }

            _deadLetters += change.DeadLetters;
            _deadBytes += change.DeadBytes;
            if (_held.Sum() < before)
            {
                RoomAgain();
            }

            if (_events.Sum() == 0)
            {
                _emptied?.TrySetResult();
                _emptied = null;
            }
        }

        if (change.Added)
        {
            _mark.Write(_tables.LastSequence);
            _arrived.Writer.TryWrite(true);
        }

        foreach (Request request in group)
        {
            request.Done.TrySetResult();
        }
    }

    private void Fail(List<Request> group, Exception error)
    {
        bool closed = _closing.IsCancellationRequested && error is SqliteException;
        OutboxException failure = closed ? Closed()
            : new OutboxException(_path, $"has failed: {error.Message}.", "The node must be started again; a damaged file is then set aside.", error);
        if (!closed)
        {
            OutboxLog.Failed(_logger, failure.Message);
        }

        _failed.TrySetResult(failure);
        _queue.Writer.TryComplete();
        foreach (Request request in group)
        {
            request.Done.TrySetException(failure);
        }

        while (_queue.Reader.TryRead(out Request? request))
        {
            request.Done.TrySetException(failure);
        }

        FailRemovals(failure);
        lock (_counts)
        {
            // Streams that wait for room find the queue closed.
            Array.Clear(_held);
            RoomAgain();
        }
    }

    private OutboxException Closed() => new(_path, "is closed.", "The node is stopping.");

    /// <summary>Full (13), disk error (10), busy (5), locked (6), cannot open its log (14): may pass once somebody has made room.</summary>
    private static bool MayPass(SqliteException error) => error.SqliteErrorCode is 13 or 10 or 5 or 6 or 14;

    private sealed class Request(int weight, Action<OutboxTables, TallyChange> apply)
    {
        public int Weight { get; } = weight;

        /// <summary>Applied again from the start where a transaction had to be rolled back.</summary>
        public Action<OutboxTables, TallyChange> Apply { get; } = apply;

        public long[]? Promised { get; init; }

        /// <summary>Only makes room.</summary>
        public bool Removes { get; init; }

        /// <summary>Asks for the age bound to be looked at.</summary>
        public bool Expires { get; init; }

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
