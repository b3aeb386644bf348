using Microsoft.Data.Sqlite;

namespace Sensing.EdgeNode.Outbox;

/// <content>How a full disk is emptied again: by removals, for which a reserve is kept.</content>
public sealed partial class EventOutbox
{
    /// <summary>A log that is worth being folded: what it gives is more than what it takes to write the reserve anew.</summary>
    private const long LogWorthwhile = 1024 * 1024;

    private static readonly TimeSpan FoldAtMostEvery = TimeSpan.FromSeconds(10);

    /// <summary>Pages of the log after which SQLite folds it: its own choice, and the least that is worth it.</summary>
    private const int UsualLogPages = 1000, LeastLogPages = 32;

    private long _lookedForReserve;
    private long _folded;

    /// <summary>Commits the removals among what cannot be committed whole: they make the room that the rest waits for.</summary>
    /// <returns>Whether room was made.</returns>
    private bool TryRemove(List<Request> group)
    {
        List<Request> removals = [.. group.Where(request => request.Removes), .. TakeRemovals()];
        group.RemoveAll(request => request.Removes);
        group.InsertRange(0, removals);
        if (removals.Count == 0)
        {
            return false;
        }

        for (int count = removals.Count; count > 0;)
        {
            try
            {
                List<Request> part = removals[..count];
                Settle(part, Apply(part));
                group.RemoveRange(0, count);
                return true;
            }
            catch (SqliteException error) when (MayPass(error))
            {
                // Without room even for this: the reserve is what it is kept for, and a small one may only do for some.
                if (!_reserve.TryGiveUp())
                {
                    count /= 2;
                }
            }
        }

        return false;
    }

    /// <summary>Whether appends must wait until the reserve is back. Without it the outbox may fill the disk once more and could then never
    /// empty itself; while events wait, their removal is what makes room for it. An empty outbox can make none and goes on without.</summary>
    private bool MustWaitForReserve(List<Request> group)
    {
        if (!_reserve.IsGivenUp || _closing.IsCancellationRequested || group.TrueForAll(request => request.Removes))
        {
            return false;
        }

        TryTakeBack();
        if (!_reserve.IsGivenUp)
        {
            return false;
        }

        lock (_counts)
        {
            if (_events.Sum() > 0)
            {
                return true;
            }
        }

        // Without any reserve the disk could be filled by a log that has no way back into the file.
        _lookedForReserve = 0;
        TryTakeBack();
        if (_reserve.IsGivenUp)
        {
            _reserve.TakeShare();
        }

        BoundLog();
        return false;
    }

    /// <summary>Has the log folded before it is too long for the reserve to take it back into the file.</summary>
    private void BoundLog()
    {
        int pages = _reserve.Share < OutboxReserve.Bytes
            ? Math.Max(LeastLogPages, _reserve.Share / 4 / OutboxSchema.PageBytes) : UsualLogPages;
        OutboxSchema.Execute(_connection, FormattableString.Invariant($"PRAGMA wal_autocheckpoint = {pages}"));
    }

    /// <summary>Commits as much of the beginning as there is room for: what has come meanwhile may be more than the log can take at once.</summary>
    /// <returns>Whether anything was committed.</returns>
    private bool TryPart(List<Request> group)
    {
        for (int count = group.Count / 2; count > 0; count /= 2)
        {
            try
            {
                List<Request> part = group[..count];
                Settle(part, Apply(part));
                group.RemoveRange(0, count);
                return true;
            }
            catch (SqliteException error) when (MayPass(error))
            {
                // Half of it, then.
            }
        }

        return false;
    }

    /// <summary>Brings the write-ahead log back into the file and gives free pages back, on the room of the reserve, and takes the reserve again. The file may have to
    /// grow for it: on a full disk the log could else never begin anew, even where there is nothing left to remove.</summary>
    /// <returns>Whether room was made.</returns>
    private bool TryFoldLog()
    {
        var log = new FileInfo(_path + "-wal");
        if ((_folded != 0 && _time.GetElapsedTime(_folded) < FoldAtMostEvery) || !log.Exists || log.Length < LogWorthwhile || !_reserve.TryGiveUp())
        {
            return false;
        }

        _folded = _time.GetTimestamp();
        long before = log.Length;
        try
        {
            Fold();
            while (ReclaimStep())
            {
                // Until all free pages are given back.
            }
        }
        catch (SqliteException error) when (MayPass(error))
        {
            // Somebody else has taken the room.
        }

        _reserve.TryTake(OutboxReserve.Bytes);
        log.Refresh();
        return log.Length < before;
    }

    private void Fold()
    {
        using SqliteConnection connection = OutboxFile.Connect(_path, SqliteOpenMode.ReadWrite);
        OutboxSchema.Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// <summary>Gives what has become free inside the file back to the disk, and takes the reserve from it.</summary>
    private void TryTakeBack()
    {
        if (_lookedForReserve != 0 && _time.GetElapsedTime(_lookedForReserve) < RetryAfter)
        {
            return;
        }

        _lookedForReserve = _time.GetTimestamp();
        try
        {
            // The log has grown with what could not be committed, and giving pages back needs a log of its own.
            Fold();
            while (ReclaimStep())
            {
                _closing.Token.ThrowIfCancellationRequested();
            }

            _reserve.TryTake();
        }
        catch (Exception error) when (error is OperationCanceledException || (error is SqliteException full && MayPass(full)))
        {
            // No room even for this yet, or the end.
        }
    }
}
