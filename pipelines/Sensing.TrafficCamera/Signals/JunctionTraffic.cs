using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.TrafficCamera.Signals;

/// <summary>The traffic of a junction as its readings show it, and whether they can be used.</summary>
internal sealed class JunctionTraffic : IResumable
{
    /// <summary>Time that a queue needs to get under way after the green, s (HCM: start-up lost time 2 s).</summary>
    public const double StartUpSeconds = 2;

    private readonly JunctionLayout _layout;
    private readonly LaneTraffic[] _lanes;
    private readonly bool[,] _open;
    private readonly bool[,] _yields;
    private readonly bool[,] _releases;
    private readonly long[] _readAt;
    private readonly double[] _quality;

    public JunctionTraffic(JunctionLayout layout)
    {
        _layout = layout;
        int lanes = layout.Lanes.Length, phases = layout.Phases;
        _open = new bool[lanes, phases];
        _yields = new bool[lanes, phases];
        _releases = new bool[lanes, phases];
        _lanes = new LaneTraffic[lanes];
        for (int lane = 0; lane < lanes; lane++)
        {
            int[] groups = layout.LaneGroups[lane];
            int[] yielding = [.. groups.Where(g => layout.Aspects.Any(a => a[g] == SignalAspect.Permissive))];
            var shares = new double[phases];
            for (int phase = 0; phase < phases; phase++)
            {
                SignalAspect[] aspects = layout.Aspects[phase];
                int green = groups.Count(g => aspects[g] == SignalAspect.Green);
                int permissive = groups.Count(g => aspects[g] == SignalAspect.Permissive);

                // Which movement each vehicle wants is not known: each is as likely. One that yields gets half of its gaps.
                shares[phase] = (green + (permissive / 2.0)) / groups.Length;
                _open[lane, phase] = green + permissive > 0;
                _yields[lane, phase] = permissive > 0;
                _releases[lane, phase] = yielding.Any(g => aspects[g] == SignalAspect.Green);
            }

            _lanes[lane] = new LaneTraffic(layout.Options.Approaches[layout.Lanes[lane].Approach].VisibleM, shares);
        }

        _readAt = [.. layout.Options.Approaches.Select(_ => -1L)];
        _quality = new double[layout.Options.Approaches.Length];
    }

    public int Lanes => _lanes.Length;

    public LaneTraffic this[int lane] => _lanes[lane];

    /// <summary>Whether a lane has a green, also one that yields, in a phase.</summary>
    public bool Open(int lane, int phase) => _open[lane, phase];

    /// <summary>Whether a phase protects a movement of the lane that has to yield elsewhere.</summary>
    public bool Releases(int lane, int phase) => _releases[lane, phase];

    /// <summary>What a lane discharges in a phase, vehicles/s: nothing where its first vehicle waits for another phase.</summary>
    public double Rate(int lane, int phase) => !_lanes[lane].Blocked ? _lanes[lane].Saturation(phase)
        : _releases[lane, phase] ? LaneTraffic.SaturationPerSecond : 0;

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
                    one, seconds, steady ? lamps.Phase : -1, _open[lane, lamps.Phase], _yields[lane, lamps.Phase]);
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

    /// <summary>Vehicles that wait for a phase.</summary>
    public double Waiting(int phase)
    {
        double sum = 0;
        for (int lane = 0; lane < _lanes.Length; lane++)
        {
            sum += Rate(lane, phase) > 0 ? _lanes[lane].Waiting : 0;
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
