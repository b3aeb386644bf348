using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.TrafficCamera.Signals;

/// <summary>The traffic of a junction as its readings show it, and whether they can be used.</summary>
internal sealed class JunctionTraffic : IResumable
{
    /// <summary>Time that a queue needs to get under way after the green, s (HCM 6th edition, chapter 19: start-up lost time 2 s).</summary>
    public const double StartUpSeconds = 2;

    private readonly JunctionLayout _layout;
    private readonly LaneTraffic[] _lanes;
    private readonly long[] _readAt;
    private readonly double[] _quality;

    public JunctionTraffic(JunctionLayout layout)
    {
        _layout = layout;
        _lanes = [.. layout.Lanes.Select((lane, i) => new LaneTraffic(
            layout.Options.Approaches[lane.Approach].VisibleM,
            [.. layout.Aspects.Select(phase => layout.LaneGroups[i].Select(group => phase[group]).ToArray())]))];
        _readAt = [.. layout.Options.Approaches.Select(_ => -1L)];
        _quality = new double[layout.Options.Approaches.Length];
    }

    public int Lanes => _lanes.Length;

    public LaneTraffic this[int lane] => _lanes[lane];

    /// <summary>Whether a lane that a fresh reading shows still has vehicles in the junction.</summary>
    public bool Clearing(long clock)
    {
        for (int lane = 0; lane < _lanes.Length; lane++)
        {
            long readAt = _readAt[_layout.Lanes[lane].Approach];
            if (_lanes[lane].Clearing && readAt >= 0 && clock - readAt <= TimeSpan.TicksPerSecond * 3 / 2)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes a reading; what is not usable leaves the lanes as they are.</summary>
    public void Take(ApproachReading reading, SignalGuard lamps)
    {
        int approach = Array.FindIndex(_layout.Options.Approaches, a => a.Name == reading.Approach);
        if (approach < 0)
        {
            return;
        }

        long last = _readAt[approach];
        double seconds = last < 0 ? 0 : TimeSpan.FromTicks(lamps.Clock - last).TotalSeconds;
        bool steady = lamps.Stage == SignalStage.Green && lamps.Elapsed >= JunctionLayout.Ticks(StartUpSeconds + seconds);
        bool complete = true;
        for (int lane = 0; lane < _lanes.Length; lane++)
        {
            if (_layout.Lanes[lane].Approach == approach)
            {
                LaneReading? one = reading.Lanes.FirstOrDefault(l => l.Lane == _layout.Lanes[lane].Lane);
                complete &= one is not null && _lanes[lane].Take(
                    one, seconds, steady ? lamps.Phase : -1);
            }
        }

        _readAt[approach] = lamps.Clock;
        _quality[approach] = complete && reading.Quality is >= 0 and <= 1 ? reading.Quality : 0;
    }

    /// <summary>Why the readings cannot be used; null where they can.</summary>
    public string? Problem(long clock)
    {
        for (int i = 0; i < _readAt.Length; i++)
        {
            string name = _layout.Options.Approaches[i].Name;
            if (_readAt[i] < 0)
            {
                return $"no reading of approach '{name}' yet";
            }

            if (clock - _readAt[i] > JunctionLayout.Ticks(_layout.Options.StaleSeconds))
            {
                return $"approach '{name}' has not been read for more than {_layout.Options.StaleSeconds} s";
            }

            if (_quality[i] < _layout.Options.MinQuality)
            {
                return FormattableString.Invariant($"approach '{name}' has quality {_quality[i]:0.00}, below {_layout.Options.MinQuality}");
            }
        }

        return null;
    }

    /// <summary>Time that a change costs, s: what the lamps take, and the start of the next queue.</summary>
    public double LostSeconds(int from, int to) =>
        TimeSpan.FromTicks(_layout.ChangeTicks(from, to)).TotalSeconds + StartUpSeconds;

    /// <summary>Vehicles that wait for a phase.</summary>
    public double Waiting(int phase)
    {
        double sum = 0;
        for (int lane = 0; lane < _lanes.Length; lane++)
        {
            sum += _lanes[lane].HeadRate(phase) > 0 ? _lanes[lane].Waiting : 0;
        }

        return sum;
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("junction-traffic-1");
        state.WriteArray<long>(_readAt);
        state.WriteArray<double>(_quality);
        foreach (LaneTraffic lane in _lanes)
        {
            lane.Save(state);
        }
    }

    public void Load(BinaryReader state)
    {
        state.Expect("junction-traffic-1");
        state.ReadArray<long>(_readAt);
        state.ReadArray<double>(_quality);
        foreach (LaneTraffic lane in _lanes)
        {
            lane.Load(state);
        }
    }
}
