using Sensing.CloudIngest.Configuration;

namespace Sensing.CloudIngest.Broker;

/// <summary>The sessions of the broker, and the bounds of what they hold: MQTTnet keeps every message that a session has been given until it is
/// acknowledged, and every session until its client comes back.</summary>
/// <remarks>A message beyond a bound is not given to the session. One session never takes the room of another: where all of it is taken, each
/// still has its share. Where there are too many sessions, those go whose client is not there, the oldest of the user that has most.</remarks>
internal sealed class BrokerSessions(EmbeddedBrokerOptions options, TimeProvider time)
{
    /// <summary>What MQTTnet needs for a message beside its topic and payload, about.</summary>
    internal const int MessageOverhead = 600;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, BrokerSession> _all = new(StringComparer.Ordinal);
    private long _bytes;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _all.Count;
            }
        }
    }

    /// <summary>Bytes that wait for subscribers.</summary>
    public long Bytes
    {
        get
        {
            lock (_lock)
            {
                return _bytes;
            }
        }
    }

    /// <summary>Connections of <paramref name="user"/> now.</summary>
    public int ConnectionsOf(string user)
    {
        lock (_lock)
        {
            return _all.Values.Count(session => session.User == user && session.Connection is not null);
        }
    }

    /// <summary>A client has been let in.</summary>
    /// <returns>Sessions that have to go for it.</returns>
    public IReadOnlyList<string> Enter(BrokerConnection connection, string id, string user, bool isClean, TimeSpan expiry)
    {
        lock (_lock)
        {
            if (!_all.TryGetValue(id, out BrokerSession? session) || isClean)
            {
                Forget(id);
                _all[id] = session = new BrokerSession(id, user);
            }
            else if (!session.Keeps)
            {
                // MQTTnet drops what waits with QoS 0 when the client comes back.
                Clear(session);
            }

            session.Connection = connection;
            session.Expiry = expiry < TimeSpan.FromSeconds(options.MaxSessionExpirySeconds) ? expiry : TimeSpan.FromSeconds(options.MaxSessionExpirySeconds);
            return TooMany(user);
        }
    }

    /// <summary>A connection has ended.</summary>
    public void Leave(BrokerConnection connection, string id)
    {
        lock (_lock)
        {
            if (_all.TryGetValue(id, out BrokerSession? session) && session.Connection == connection)
            {
                session.Connection = null;
                session.Left = time.GetTimestamp();
            }
        }
    }

    /// <summary>MQTTnet has deleted a session.</summary>
    public void Deleted(string id)
    {
        lock (_lock)
        {
            if (_all.TryGetValue(id, out BrokerSession? session) && session.Connection is null)
            {
                Forget(id);
            }
        }
    }

    /// <summary>A subscription has been granted.</summary>
    public void Subscribed(string id, bool keeps)
    {
        lock (_lock)
        {
            if (keeps && _all.TryGetValue(id, out BrokerSession? session))
            {
                session.Keeps = true;
            }
        }
    }

    /// <summary>Whether a message may be given to a session; if so it is counted.</summary>
    public bool TryGive(string id, long size, bool mustArrive)
    {
        lock (_lock)
        {
            if (!_all.TryGetValue(id, out BrokerSession? session) || (session.Connection is null && (!mustArrive || !session.Keeps)))
            {
                return false;
            }

            size += MessageOverhead;
            long share = options.MaxQueuedBytes / (2 * Math.Max(1, _all.Count));
            if (session.Count >= options.MaxQueuedPerSubscriber || (session.Count > 0 && session.Bytes + size > options.MaxQueuedBytesPerSubscriber)
                || (_bytes + size > options.MaxQueuedBytes && session.Bytes + size > share))
            {
                return false;
            }

            session.Count++;
            session.Bytes += size;
            _bytes += size;
            return true;
        }
    }

    /// <summary>A message of a session was sent with QoS 0, or acknowledged.</summary>
    public void Taken(string id, long size)
    {
        lock (_lock)
        {
            if (_all.TryGetValue(id, out BrokerSession? session) && session.Count > 0)
            {
                size = Math.Min(size + MessageOverhead, session.Bytes);
                session.Count--;
                session.Bytes -= size;
                _bytes -= size;
                if (session.Count == 0)
                {
                    Clear(session);
                }
            }
        }
    }

    /// <summary>Nothing waits for a session any more, as MQTTnet knows for certain.</summary>
    public void Empty(string id)
    {
        lock (_lock)
        {
            if (_all.TryGetValue(id, out BrokerSession? session) && session.Connection is null or { HasUnacknowledged: false })
            {
                Clear(session!);
            }
        }
    }

    /// <summary>Sessions whose time is over.</summary>
    public IReadOnlyList<string> Expired()
    {
        lock (_lock)
        {
            return [.. _all.Values.Where(session => session.Connection is null && time.GetElapsedTime(session.Left) >= session.Expiry).Select(session => session.Id)];
        }
    }

    private List<string> TooMany(string user)
    {
        var going = new List<string>();
        int own = user.Length == 0 ? 0 : _all.Values.Count(session => session.User == user) - options.MaxSessionsPerUser;
        if (own > 0)
        {
            going.AddRange(Gone(session => session.User == user).Take(own));
        }

        int all = _all.Count - going.Count - options.MaxSessions;
        if (all > 0)
        {
            Dictionary<string, int> counts = _all.Values.CountBy(session => session.User).ToDictionary(StringComparer.Ordinal);
            going.AddRange(Gone(session => !going.Contains(session.Id)).OrderByDescending(id => counts[_all[id].User]).Take(all));
        }

        return going;
    }

    /// <summary>Sessions without a client, the oldest first.</summary>
    private IEnumerable<string> Gone(Func<BrokerSession, bool> which) =>
        _all.Values.Where(session => session.Connection is null && which(session)).OrderBy(session => session.Left).Select(session => session.Id);

    private void Forget(string id)
    {
        if (_all.Remove(id, out BrokerSession? session))
        {
            Clear(session);
        }
    }

    private void Clear(BrokerSession session)
    {
        _bytes -= session.Bytes;
        session.Bytes = 0;
        session.Count = 0;
    }
}
