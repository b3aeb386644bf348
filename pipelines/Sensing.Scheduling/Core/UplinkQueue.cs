namespace Sensing.Scheduling;

/// <summary>When the uplink has brought a segment up: uploads in the order of the calls, one at a time.</summary>
/// <param name="options">The link.</param>
public sealed class UplinkQueue(UplinkOptions options)
{
    /// <summary>Uploads this much older than the present serve no further call, µs: above any deadline in use.</summary>
    private const long Kept = 10_000_000;

    private readonly Queue<(int Drone, long Release, long Ready)> _uploads = new();

    /// <summary>When the link has sent all that was given to it, µs.</summary>
    public long FreeAt { get; private set; }

    /// <summary>When a call for this task, made now, would have its segment in the cloud, µs. Changes nothing.</summary>
    public long ReadyAt(InferenceTask task, long now) =>
        Find(task) is { } ready ? Math.Max(now, ready) : Math.Max(now, FreeAt) + options.UploadTime;

    /// <summary>A call for this task is made now; returns when its segment is in the cloud, µs.</summary>
    public long Send(InferenceTask task, long now)
    {
        if (Find(task) is { } ready)
        {
            return Math.Max(now, ready);
        }

        FreeAt = Math.Max(now, FreeAt) + options.UploadTime;
        while (_uploads.TryPeek(out (int Drone, long Release, long Ready) oldest) && oldest.Ready < now - Kept)
        {
            _uploads.Dequeue();
        }

        if (!options.UploadPerCall)
        {
            _uploads.Enqueue((task.Drone, task.Release, FreeAt));
        }

        return FreeAt;
    }

    private long? Find(InferenceTask task)
    {
        foreach ((int drone, long release, long ready) in _uploads)
        {
            if (drone == task.Drone && release == task.Release)
            {
                return ready;
            }
        }

        return null;
    }
}
