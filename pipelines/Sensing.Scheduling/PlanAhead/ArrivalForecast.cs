namespace Sensing.Scheduling.PlanAhead;

/// <summary>When each drone's next segments are due and which task types they will spawn, from its last ones.</summary>
internal sealed class ArrivalForecast
{
    private readonly List<DroneRhythm> _drones = [];

    public int Count => _drones.Count;

    public void Arrived(InferenceTask task)
    {
        while (_drones.Count <= task.Drone)
        {
            _drones.Add(new DroneRhythm());
        }

        _drones[task.Drone].Arrived(task);
    }

    /// <summary>The next segment of a drone, if its rhythm is known and the segment is not overdue.</summary>
    public bool TryNext(int drone, long now, out long at, out long period, out ulong types)
    {
        DroneRhythm rhythm = _drones[drone];
        (period, types) = (rhythm.Period, rhythm.Types);
        at = rhythm.Last + period;
        return period > 0 && at > now;
    }

    private sealed class DroneRhythm
    {
        private ulong _current;

        public long Last { get; private set; } = -1;

        public long Period { get; private set; }

        /// <summary>Bit k: the last whole segment had a task of type k.</summary>
        public ulong Types { get; private set; }

        public void Arrived(InferenceTask task)
        {
            if (task.Release != Last)
            {
                if (Last >= 0)
                {
                    Period = task.Release - Last;
                    Types = _current;
                }

                Last = task.Release;
                _current = 0;
            }

            _current |= 1UL << task.TypeIndex;
        }
    }
}
