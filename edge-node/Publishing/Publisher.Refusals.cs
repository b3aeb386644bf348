using MQTTnet;
using Sensing.EdgeNode.Outbox;

namespace Sensing.EdgeNode.Publishing;

public sealed partial class Publisher
{
    /// <summary>So often an event is tried whose refusal may be either about it or about the moment.</summary>
    private const int DoubtfulTries = 5;

    /// <summary>So often the connection may be lost with the same event alone in flight, before the event is blamed.</summary>
    private const int LossesAlone = 5;

    private readonly Dictionary<long, int> _tries = [];

    /// <summary>Topics that somebody has subscribed to. A topic that nobody takes, while others are taken, is not waited for:
    /// it would hold all others back.</summary>
    private readonly HashSet<string> _wanted = new(StringComparer.Ordinal);

    /// <summary>Events that nobody took while it is not known whether anybody takes anything, in order; see <see cref="Probing"/>.</summary>
    private readonly List<OutboxEntry> _probed = [];

    /// <summary>Whether an event has been taken over this connection.</summary>
    private bool _taken;

    /// <summary>Refused for now, in order; while there are some, nothing is sent. Null where there are none.</summary>
    private List<OutboxEntry>? _held;

    /// <summary>So many of the next events are sent one by one, to see which one the broker does not bear.</summary>
    private int _alone;
    private (long Sequence, int Times) _lostOn;
    private string? _refusal;

    /// <summary>Whether it is still to be seen that somebody takes what this connection brings: until then one event at a time is sent,
    /// and of each topic only the first. A broker that has restarted may not know its subscribers yet, and with more in flight it would
    /// take later events and not the earlier ones.</summary>
    private bool Probing => _options.WaitForSubscribers && !_taken;

    private async Task JudgeAsync(OutboxEntry entry, MqttClientPublishResult answer)
    {
        string reason = string.IsNullOrEmpty(answer.ReasonString) ? answer.ReasonCode.ToString() : $"{answer.ReasonCode}: {answer.ReasonString}";
        string topic = entry.Event.Topic;
        bool awaited = _options.WaitForSubscribers && (!_taken || _wanted.Contains(topic));
        Verdict verdict = Verdicts.Of(answer.ReasonCode, awaited);
        if (answer.ReasonCode == MqttClientPublishReasonCode.Success)
        {
            _wanted.Add(topic);
            _taken = true;
            PutBackProbed();
        }

        if (verdict == Verdict.Doubtful)
        {
            int tries = _tries.GetValueOrDefault(entry.Sequence) + 1;
            _tries[entry.Sequence] = tries;
            verdict = tries >= DoubtfulTries ? Verdict.Poison : Verdict.Later;
        }

        switch (verdict)
        {
            case Verdict.Delivered:
                Interlocked.Increment(ref _delivered);
                _tally.Taken();
                _acknowledged.Add(entry);
                Passed(entry);
                if (_refusal is not null && _held is null)
                {
                    _refusal = _problem = null;
                    _refusedBackoff.Reset();
                    PublisherLog.TakesAgain(_logger);
                }

                break;
            case Verdict.Later:
                if (_refusal is null)
                {
                    PublisherLog.RefusedForNow(_logger, reason);
                }

                _tally.NotNow();
                _refusal = reason;
                _problem = $"the broker does not take events for now ({reason})";
                if (Probing && answer.ReasonCode == MqttClientPublishReasonCode.NoMatchingSubscribers && !_wanted.Contains(topic))
                {
                    _probed.Add(entry);
                }
                else
                {
                    (_held ??= []).Add(entry);
                }

                break;
            default:
                await BuryAsync(entry, reason);
                break;
        }
    }

    private async Task BuryAsync(OutboxEntry entry, string reason)
    {
        PublisherLog.DeadLetter(_logger, entry.Event.Id, entry.Event.Type.ToString(), entry.Event.Source.Source, reason);
        _tally.Never();
        await _outbox.DeadLetterAsync(entry, reason);
        Passed(entry);
    }

    private void Passed(OutboxEntry entry)
    {
        _tries.Remove(entry.Sequence);
        _alone = Math.Max(0, _alone - 1);
    }

    /// <summary>Waits before what was refused for now is tried again, first one event alone.</summary>
    private async Task WaitRefusedAsync(List<OutboxEntry> held, BrokerSession session, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAny(session.Lost, Task.Delay(_refusedBackoff.Next(), _time, over.Token));
        await over.CancelAsync();
        PutBack(held);
        PutBackProbed();
        _held = null;
        _alone = Math.Max(_alone, 1);
    }

    /// <summary>After the connection has gone: what was answered is settled, the rest is sent again first, in order.</summary>
    private async Task AfterLossAsync(BrokerSession session, Queue<InFlight> inFlight, bool byBroker)
    {
        var unanswered = new List<OutboxEntry>();
        int sent = inFlight.Count(message => message.Entry is not null);
        foreach (InFlight message in inFlight)
        {
            // The session is gone, so each answer is there or has faulted.
            await ((Task)message.Answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (message.Entry is not { } entry)
            {
                continue;
            }

            if (message.Answer.IsCompletedSuccessfully)
            {
                await JudgeAsync(entry, await message.Answer);
            }
            else
            {
                unanswered.Add(entry);
            }
        }

        if (byBroker)
        {
            PublisherLog.Lost(_logger, session.LostReason?.ToString() ?? "without notice", unanswered.Count);
        }

        if (byBroker && unanswered.Count > 0)
        {
            await BlameAsync(unanswered, sent, session.LostReason);
        }

        PutBack(unanswered);
        if (_held is { } held)
        {
            _held = null;
            PutBack(held);
        }

        PutBackProbed();
    }

    /// <summary>Finds the event that the broker does not bear: after a loss that may be its fault, events go one by one.</summary>
    private async Task BlameAsync(List<OutboxEntry> unanswered, int sent, MqttClientDisconnectReason? reason)
    {
        OutboxEntry first = unanswered[0];
        _lostOn = _lostOn.Sequence == first.Sequence ? (first.Sequence, _lostOn.Times + 1) : (first.Sequence, 1);
        bool blamed = reason is { } said && Verdicts.BlamesAnEvent(said);
        if (sent == 1 && (blamed || _lostOn.Times >= LossesAlone))
        {
            unanswered.RemoveAt(0);
            await BuryAsync(first, blamed ? $"the broker ended the connection: {reason}" : $"the connection was lost {_lostOn.Times} times right after it was sent");
        }
        else if (blamed || _lostOn.Times > 1)
        {
            _alone = unanswered.Count;
        }
    }

    private void PutBackProbed()
    {
        PutBack(_probed);
        _probed.Clear();
    }

    private void PutBack(List<OutboxEntry> entries)
    {
        for (int i = entries.Count - 1; i >= 0; i--)
        {
            _pending.AddFirst(entries[i]);
        }
    }
}
