namespace Sensing.Scheduling.PlanAhead;

/// <summary>
/// When each drone's next segments are due and which task types they will spawn, from its last ones; and how much of what
/// arrives was foreseen, so that a plan can tell a quiet future from an unknown one.
/// </summary>
internal sealed class ArrivalForecast
{
    private readonly List<DroneRhythm> _drones = [];
    private int _segments;

    public int Count => _drones.Count;

    /// <summary>Share of the latest segments that came when they were promised, 0 to 1.</summary>
    public double Foreseen { get; private set; } = 1;

    public void Arrived(InferenceTask task)
    {
        while (_drones.Count <= task.Drone)
        {
            _drones.Add(new DroneRhythm());
        }

        if (_drones[task.Drone].Arrived(task, Foreseen) is { } kept)
        {
            double weight = Math.Max(1 / 32.0, 1.0 / (++_segments + 8));
            Foreseen += weight * ((kept ? 1 : 0) - Foreseen);
        }
    }

    /// <summary>The next segment of a drone, if its rhythm is known and the segment is not overdue.</summary>
    public bool TryNext(int drone, long now, out long at, out long period, out ulong types)
    {
        DroneRhythm rhythm = _drones[drone];
        (period, types) = (rhythm.Period, rhythm.Types);
        return rhythm.TryNext(now, out at);
    }
}
