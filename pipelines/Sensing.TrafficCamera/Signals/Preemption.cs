using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.TrafficCamera.Signals;

/// <summary>Which lane an emergency vehicle needs green, and for how long.</summary>
internal sealed class Preemption : IResumable
{
    private const long None = -1;

    private readonly JunctionLayout _layout;
    private readonly PreemptionOptions _options;
    private readonly long _release;
    private readonly long _most;

    /// <summary>By lane: first report of the call, last report, expected arrival; ticks of the guard's clock, −1: no call.</summary>
    private readonly long[] _first;
    private readonly long[] _last;
    private readonly long[] _arrival;

    public Preemption(JunctionLayout layout)
    {
        _layout = layout;
        _options = layout.Options.Preemption;
        _release = JunctionLayout.Ticks(_options.ReleaseSeconds);
        _most = JunctionLayout.Ticks(_options.MaxHoldSeconds);
        _first = [.. layout.Lanes.Select(_ => None)];
        _last = [.. layout.Lanes.Select(_ => None)];
        _arrival = [.. layout.Lanes.Select(_ => None)];
    }

    /// <summary>Takes what an approach reports. A call without a lane, or of a lane that is not known, is for the approach's first lane.</summary>
    public void Take(ApproachReading reading, long clock, DateTimeOffset now)
    {
        foreach (EmergencyCall call in _options.Enabled ? reading.Emergencies : [])
        {
            int lane = Lane(reading.Approach, call.Lane);
            if (lane < 0 || !(call.Confidence >= _options.MinConfidence && call.Confidence <= 1))
            {
                continue;
            }

            if (_first[lane] == None || clock - _last[lane] > _most)
            {
                _first[lane] = clock;
            }

            _last[lane] = clock;
            long ahead = call.ExpectedArrival is { } at ? Math.Clamp((at - now).Ticks, 0, _most) : 0;
            _arrival[lane] = clock + ahead;
        }
    }

    /// <summary>The lane whose call counts now: the one reported first; −1: none.</summary>
    public int Due(SignalGuard lamps, JunctionTraffic traffic)
    {
        int due = -1;
        for (int lane = 0; lane < _first.Length; lane++)
        {
            if (_first[lane] == None)
            {
                continue;
            }

            long end = Math.Min(Math.Max(_last[lane], Math.Min(_arrival[lane], _last[lane] + _most)) + _release, _first[lane] + _most);
            if (lamps.Clock > end)
            {
                // Reports that continue beyond the longest hold stay ignored until the lane was silent for as long.
                bool exhausted = lamps.Clock - _first[lane] >= _most;
                bool silent = lamps.Clock - _last[lane] > (exhausted ? _most : _release);
                _first[lane] = silent ? None : _first[lane];
                continue;
            }

            // The queue ahead must have left when the vehicle comes.
            double discharge = traffic[lane].Waiting / LaneTraffic.SaturationPerSecond;
            double lead = _options.LeadSeconds + JunctionTraffic.StartUpSeconds + discharge
                + TimeSpan.FromTicks(_layout.ChangeTicks(lamps.Phase, PhaseFor(lane))).TotalSeconds;
            if (lamps.Clock + JunctionLayout.Ticks(lead) >= _arrival[lane] && (due < 0 || _first[lane] < _first[due]))
            {
                due = lane;
            }
        }

        return due;
    }

    /// <summary>The phase that serves most movements of a lane, protected ones first.</summary>
    public int PhaseFor(int lane)
    {
        int best = 0, most = -1;
        for (int phase = 0; phase < _layout.Phases; phase++)
        {
            int served = 0;
            foreach (int group in _layout.LaneGroups[lane])
            {
                served += _layout.Aspects[phase][group] switch { SignalAspect.Green => 3, SignalAspect.Permissive => 2, _ => 0 };
            }

            if (served > most)
            {
                (best, most) = (phase, served);
            }
        }

        return best;
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("preemption-1");
        state.WriteArray<long>(_first);
        state.WriteArray<long>(_last);
        state.WriteArray<long>(_arrival);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("preemption-1");
        state.ReadArray<long>(_first);
        state.ReadArray<long>(_last);
        state.ReadArray<long>(_arrival);
    }

    private int Lane(string approach, int? lane)
    {
        int index = Array.FindIndex(_layout.Options.Approaches, a => a.Name == approach);
        int exact = Array.FindIndex(_layout.Lanes, l => l.Approach == index && l.Lane == lane);
        return exact >= 0 || index < 0 ? exact : Array.FindIndex(_layout.Lanes, l => l.Approach == index);
    }
}
