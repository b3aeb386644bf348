using MQTTnet;
using Sensing.EdgeNode.Outbox;
using Sensing.Events.Node;

namespace Sensing.EdgeNode.Publishing;

public sealed partial class Publisher
{
    /// <summary>Events fetched from the outbox at once.</summary>
    private const int Fetch = 256;

    /// <summary>So many acknowledged events may wait for their removal; beyond it, sending waits for the disk.</summary>
    private const int MostUnremoved = 16_384;

    /// <summary>Taken out and not yet acknowledged or refused, in the order of sending.</summary>
    private readonly LinkedList<OutboxEntry> _pending = new();
    private readonly List<OutboxEntry> _acknowledged = [];
    private Task _removing = Task.CompletedTask;
    private Task? _arrival;

    private async Task DrainAsync(BrokerSession session, TimeSpan drain, Func<bool> leave, CancellationToken stop)
    {
        var inFlight = new Queue<InFlight>();
        _taken = false;
        if (!await SayAsync(session, NodeState.Online))
        {
            return;
        }

        // From here the broker works; a loss from now on may be the fault of what is sent.
        _connectBackoff.Reset();
        string stamp = _files.Stamp();
        long statusAt = _time.GetTimestamp();
        long movedAt = statusAt;
        long? stoppedAt = null;
        bool stuck = false;
        while (!session.Lost.IsCompleted)
        {
            if (stop.IsCancellationRequested)
            {
                stoppedAt ??= _time.GetTimestamp();
                if (!leave() || Left(drain, stoppedAt.Value) <= TimeSpan.Zero)
                {
                    break;
                }
            }

            if (Left(StatusEvery, statusAt) <= TimeSpan.Zero && inFlight.Count < session.Window)
            {
                statusAt = _time.GetTimestamp();
                if (_files.Stamp() != stamp)
                {
                    PublisherLog.FilesChanged(_logger);
                    break;
                }

                inFlight.Enqueue(new InFlight(null, session.PublishAsync(_voice.Message(NodeState.Online))));
            }

            if (inFlight.Count == 0)
            {
                movedAt = _time.GetTimestamp();
            }

            await FillAsync(session, inFlight);
            if (await SettleAsync(inFlight))
            {
                movedAt = _time.GetTimestamp();
                continue;
            }

            if (inFlight.Count == 0 && _held is { } held)
            {
                await WaitRefusedAsync(held, session, stop);
                continue;
            }

            if (inFlight.Count == 0 && stop.IsCancellationRequested && !MoreToSend())
            {
                break;
            }

            if (inFlight.Count > 0 && Left(AckTimeout, movedAt) <= TimeSpan.Zero)
            {
                PublisherLog.NothingMoves(_logger, _options.AckTimeoutSeconds);
                stuck = true;
                break;
            }

            TimeSpan most = Left(StatusEvery, statusAt);
            most = inFlight.Count > 0 && Left(AckTimeout, movedAt) is var untilTimeout && untilTimeout < most ? untilTimeout : most;
            most = stoppedAt is { } since && Left(drain, since) is var untilEnd && untilEnd < most ? untilEnd : most;
            await WaitAsync(inFlight, session, most, stop);
        }

        await LeaveAsync(session, inFlight, stuck, leave, stop);
    }

    private TimeSpan StatusEvery => TimeSpan.FromSeconds(_options.StatusSeconds);

    private TimeSpan AckTimeout => TimeSpan.FromSeconds(_options.AckTimeoutSeconds);

    private TimeSpan Left(TimeSpan whole, long since) => whole - _time.GetElapsedTime(since);

    private int Window(BrokerSession session) => _alone > 0 || Probing ? 1 : session.Window;

    /// <summary>Sends as much as the window allows.</summary>
    private async Task FillAsync(BrokerSession session, Queue<InFlight> inFlight)
    {
        while (_held is null && inFlight.Count < Window(session) && Next() is { } entry)
        {
            MqttApplicationMessage message = MqttMessages.Of(entry);
            if (session.MaximumPacketSize is { } most && MqttMessages.PacketSize(message) > most)
            {
                // Sending it would make the broker end the connection.
                await BuryAsync(entry, $"packet too large: the broker takes {most} bytes");
                continue;
            }

            _tally.Sent();
            inFlight.Enqueue(new InFlight(entry, session.PublishAsync(message)));
        }
    }

    private OutboxEntry? Next()
    {
        if (_pending.Count == 0)
        {
            foreach (OutboxEntry entry in _outbox.Take(Fetch))
            {
                _pending.AddLast(entry);
            }
        }

        LinkedListNode<OutboxEntry>? next = _pending.First;
        while (next is not null && _probed.Exists(tried => tried.Event.Topic == next.Value.Event.Topic))
        {
            next = next.Next;
        }

        if (next is null)
        {
            // Of each topic that waits one has been tried, and nobody took any.
            _held = _probed.Count > 0 ? [] : null;
            return null;
        }

        _pending.Remove(next);
        return next.Value;
    }

    private bool MoreToSend()
    {
        if (Next() is not { } entry)
        {
            return false;
        }

        _pending.AddFirst(entry);
        return true;
    }

    /// <summary>Looks at the answers that have come, first sent first.</summary>
    /// <returns>False where the oldest has not come.</returns>
    private async Task<bool> SettleAsync(Queue<InFlight> inFlight)
    {
        bool any = false;
        while (inFlight.TryPeek(out InFlight? first) && first.Answer.IsCompletedSuccessfully)
        {
            inFlight.Dequeue();
            any = true;
            if (first.Entry is { } entry)
            {
                await JudgeAsync(entry, await first.Answer);
            }
        }

        await RemoveAcknowledgedAsync(wait: _acknowledged.Count >= MostUnremoved);
        return any;
    }

    /// <summary>Removes acknowledged events from the outbox, one request at a time; what comes meanwhile goes with the next.</summary>
    private async Task RemoveAcknowledgedAsync(bool wait)
    {
        do
        {
            if (_removing.IsCompleted)
            {
                await _removing;
                if (_acknowledged.Count == 0)
                {
                    return;
                }

                _removing = _outbox.AcknowledgeAsync([.. _acknowledged]);
                _acknowledged.Clear();
            }

            if (wait)
            {
                await _removing;
            }
        }
        while (wait);
    }

    private async Task WaitAsync(Queue<InFlight> inFlight, BrokerSession session, TimeSpan most, CancellationToken stop)
    {
        // Once the stop is known it must not end the waiting again and again.
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop.IsCancellationRequested ? CancellationToken.None : stop);
        var waits = new List<Task>(5) { session.Lost, Task.Delay(most > TimeSpan.Zero ? most : TimeSpan.FromMilliseconds(1), _time, over.Token) };
        if (inFlight.TryPeek(out InFlight? first))
        {
            // One that has faulted says that the connection is going: its loss is waited for, not its answer again and again. One that has
            // come since it was looked for ends the waiting at once: with the window full nothing else would.
            waits.Add(first.Answer.IsCompleted && !first.Answer.IsCompletedSuccessfully ? session.Lost : first.Answer);
        }

        if (_acknowledged.Count > 0)
        {
            waits.Add(_removing);
        }

        if (_held is null && inFlight.Count < Window(session) && _alone == 0)
        {
            // Kept until it completes: a signal that nobody waited for would be lost.
            waits.Add(_arrival ??= _outbox.WaitForEventsAsync(_ended));
        }

        await Task.WhenAny(waits);
        if (_arrival is { IsCompleted: true })
        {
            _arrival = null;
        }

        await over.CancelAsync();
    }

    private async Task LeaveAsync(BrokerSession session, Queue<InFlight> inFlight, bool stuck, Func<bool> leave, CancellationToken stop)
    {
        bool lost = session.Lost.IsCompleted;
        if (!lost)
        {
            if (!stuck && stop.IsCancellationRequested && leave())
            {
                await SayAsync(session, NodeState.Stopped);
            }

            await session.DisconnectAsync();
        }

        await AfterLossAsync(session, inFlight, byBroker: lost || stuck);
        await RemoveAcknowledgedAsync(wait: true);
    }
}
