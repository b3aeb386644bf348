using Sensing.Steps;
using Sensing.Streams;
using Sensing.TrafficCamera.Setup;
using Sensing.TrafficCamera.Tracks;

namespace Sensing.TrafficCamera.Counts;

/// <summary>Turn counts: from the gate that a vehicle comes through to the one that it leaves through, each vehicle
/// once.</summary>
public sealed class TurnCounter(Carriageway road) : IResumable
{
    private const int Most = 1000;
    private const double RememberSeconds = 10;

    private readonly List<State> _states = [];
    private readonly List<GateMovement> _new = [];

    /// <summary>The movements that this frame completes. The list is used again at the next call.</summary>
    public IReadOnlyList<GateMovement> Next(DateTimeOffset time, IReadOnlyList<Vehicle> vehicles)
    {
        _new.Clear();
        if (road.Gates.Length == 0)
        {
            return _new;
        }

        long old = time.UtcTicks - (long)(RememberSeconds * TimeSpan.TicksPerSecond);
        _states.RemoveAll(state => state.Ticks < old);
        foreach (Vehicle vehicle in vehicles)
        {
            if (vehicle.Seen)
            {
                Look(time, vehicle);
            }
        }

        return _new;
    }

    public void Break() => _states.Clear();

    public void Save(BinaryWriter state)
    {
        state.Mark("turn-counter-1");
        state.WriteArray<State>(_states.ToArray());
    }

    public void Load(BinaryReader state)
    {
        state.Expect("turn-counter-1");
        _states.Clear();
        _states.AddRange(state.ReadArray<State>(Most));
    }

    private void Look(DateTimeOffset time, Vehicle vehicle)
    {
        RoadPoint centre = vehicle.Centre;
        int index = _states.FindIndex(state => state.Id == vehicle.Id);
        if (index < 0)
        {
            if (_states.Count < Most)
            {
                _states.Add(new State { Id = vehicle.Id, Ticks = time.UtcTicks, At = centre, From = -1, To = -1 });
            }

            return;
        }

        State known = _states[index];
        for (int gate = 0; gate < road.Gates.Length; gate++)
        {
            if (!Crosses(road.Gates[gate], known.At, centre))
            {
                continue;
            }

            if (known.From < 0 && road.Options.Gates[gate].Entry)
            {
                known.From = gate;
            }
            else if (known.From >= 0 && known.From != gate && known.To < 0 && road.Options.Gates[gate].Exit)
            {
                known.To = gate;
            }
        }

        if (known.To >= 0 && !known.Counted && vehicle.Confirmed)
        {
            known.Counted = true;
            _new.Add(new GateMovement(time, vehicle.Id, known.From, known.To, vehicle.Class));
        }

        known.Ticks = time.UtcTicks;
        known.At = centre;
        _states[index] = known;
    }

    /// <summary>Whether a way from one point to another crosses a line between its ends.</summary>
    private static bool Crosses(RoadLine line, RoadPoint from, RoadPoint to) =>
        Side(line.A, line.B, from) * Side(line.A, line.B, to) < 0 && Side(from, to, line.A) * Side(from, to, line.B) <= 0;

    private static double Side(RoadPoint a, RoadPoint b, RoadPoint p) =>
        ((b.AcrossM - a.AcrossM) * (p.AlongM - a.AlongM)) - ((b.AlongM - a.AlongM) * (p.AcrossM - a.AcrossM));

    private struct State
    {
        public long Id, Ticks;
        public RoadPoint At;
        public int From, To;
        public bool Counted;
    }
}
