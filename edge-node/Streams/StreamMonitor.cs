using Sensing.Events.Node;

namespace Sensing.EdgeNode.Streams;

/// <summary>What a stream has done and when it last moved; read by status and watchdog, written by the run.</summary>
internal sealed class StreamMonitor(string name, string pipeline, TimeProvider time)
{
    private readonly Lock _gate = new();
    private StreamStatus _status = new()
    {
        Name = name,
        Pipeline = pipeline,
        State = StreamState.Starting,
        Blocks = 0,
        DroppedBlocks = 0,
        Events = 0,
        Restarts = 0,
    };

    private long _movedAt = time.GetTimestamp();
    private int _heldBack;
    private long _stalls;
    private readonly Dictionary<string, long> _notices = new(StringComparer.Ordinal);

    /// <summary>Restarts because nothing moved, among all restarts.</summary>
    public long Stalls => Interlocked.Read(ref _stalls);

    /// <summary>What the source told beside its samples, by code: <c>gap</c>, damaged files and the like.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Notices
    {
        get
        {
            lock (_gate)
            {
                return [.. _notices];
            }
        }
    }

    public StreamStatus Status
    {
        get
        {
            lock (_gate)
            {
                return _status;
            }
        }
    }

    /// <summary>How long nothing has moved although nothing downstream holds the stream back.</summary>
    public TimeSpan Still
    {
        get
        {
            lock (_gate)
            {
                return _heldBack > 0 ? TimeSpan.Zero : time.GetElapsedTime(_movedAt);
            }
        }
    }

    public void Enter(StreamState state, string? problem = null) => Change(status => status with { State = state, Problem = problem });

    public void Restarting(StreamState state, string problem)
    {
        if (state == StreamState.Stalled)
        {
            Interlocked.Increment(ref _stalls);
        }

        Change(status => status with { State = state, Problem = problem, Restarts = status.Restarts + 1 });
    }

    /// <summary>The source has told something.</summary>
    public void Noticed(string code)
    {
        lock (_gate)
        {
            _notices[code] = _notices.GetValueOrDefault(code) + 1;
        }
    }

    /// <summary>The source has yielded something.</summary>
    public void Moved() => Change(status => status);

    public void Processed(DateTimeOffset sampleTime) => Change(status => status with
    {
        State = StreamState.Running,
        Problem = null,
        Blocks = status.Blocks + 1,
        LastSample = sampleTime,
    });

    public void Dropped() => Change(status => status with { DroppedBlocks = status.DroppedBlocks + 1 });

    public void Committed(int events, DateTimeOffset? lastEvent) => Change(status => status with
    {
        Events = status.Events + events,
        LastEvent = lastEvent ?? status.LastEvent,
    });

    /// <summary>Until disposed, the stream waits for something that is not its own: the outbox, the pace.</summary>
    public Hold HoldBack()
    {
        lock (_gate)
        {
            _heldBack++;
        }

        return new Hold(this);
    }

    private void Change(Func<StreamStatus, StreamStatus> change)
    {
        lock (_gate)
        {
            _status = change(_status);
            _movedAt = time.GetTimestamp();
        }
    }

    public readonly struct Hold(StreamMonitor monitor) : IDisposable
    {
        public void Dispose()
        {
            lock (monitor._gate)
            {
                monitor._heldBack--;
            }

            monitor.Moved();
        }
    }
}
