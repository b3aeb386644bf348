using Sensing.Steps;
using Sensing.Streams;
using Sensing.TrafficCamera.Events;
using Sensing.TrafficCamera.Report;
using Sensing.TrafficCamera.Setup;
using Sensing.TrafficCamera.Tracks;

namespace Sensing.TrafficCamera.Counts;

/// <summary>Wrong-way and standing vehicles, each reported once.</summary>
/// <remarks>A vehicle in a queue stands, too: one is reported where others drive past it, or when it stands longer than any red.</remarks>
public sealed class AlarmWatch(Carriageway road, ReportOptions options) : IResumable
{
    private const int Most = 1000;
    private const double RememberSeconds = 10;

    /// <summary>Wrong-way driving is reported after this way and time: a wrong fit lasts a frame, a manoeuvre a car's length.</summary>
    private const double WrongWayM = 8, WrongWaySeconds = 1, WrongWayMs = 2;
    private const double StandingMs = 0.7, PassingMs = 2;

    private readonly List<State> _states = [];
    private readonly List<TrafficAlarm> _new = [];

    /// <summary>The alarms that this frame raises. The list is used again at the next call.</summary>
    public IReadOnlyList<TrafficAlarm> Next(DateTimeOffset time, IReadOnlyList<Vehicle> vehicles)
    {
        _new.Clear();
        long old = time.UtcTicks - (long)(RememberSeconds * TimeSpan.TicksPerSecond);
        _states.RemoveAll(state => state.Ticks < old);
        foreach (Vehicle vehicle in vehicles)
        {
            if (vehicle.Confirmed)
            {
                Look(time, vehicle, Passed(vehicle, vehicles));
            }
        }

        for (int i = 0; i < _states.Count; i++)
        {
            State state = _states[i];
            state.LastM = state.AlongM;
            _states[i] = state;
        }

        return _new;
    }

    public void Break() => _states.Clear();

    public void Save(BinaryWriter state)
    {
        state.Mark("alarms-2");
        state.WriteArray<State>(_states.ToArray());
    }

    public void Load(BinaryReader state)
    {
        state.Expect("alarms-2");
        _states.Clear();
        _states.AddRange(state.ReadArray<State>(Most));
    }

    /// <summary>Vehicles that have driven past one since the last frame.</summary>
    private int Passed(Vehicle by, IReadOnlyList<Vehicle> vehicles)
    {
        if (Math.Abs(by.AlongMs) >= StandingMs)
        {
            return 0;
        }

        int count = 0;
        foreach (Vehicle vehicle in vehicles)
        {
            if (vehicle.Confirmed && vehicle.Seen && Math.Abs(vehicle.AlongMs) > PassingMs
                && Math.Abs(vehicle.Centre.AcrossM - by.Centre.AcrossM) > 0.5 * (vehicle.Size.WidthM + by.Size.WidthM)
                && _states.FindIndex(state => state.Id == vehicle.Id) is >= 0 and int index)
            {
                double before = _states[index].LastM - by.Centre.AlongM, now = vehicle.Centre.AlongM - by.Centre.AlongM;
                count += before < 0 != now < 0 ? 1 : 0;
            }
        }

        return count;
    }

    private void Look(DateTimeOffset time, Vehicle vehicle, int passed)
    {
        int index = _states.FindIndex(state => state.Id == vehicle.Id);
        if (index < 0)
        {
            if (_states.Count < Most)
            {
                _states.Add(new State { Id = vehicle.Id, Ticks = time.UtcTicks, AlongM = vehicle.Centre.AlongM, LastM = vehicle.Centre.AlongM });
            }

            return;
        }

        State known = _states[index];
        double seconds = (time.UtcTicks - known.Ticks) / (double)TimeSpan.TicksPerSecond;
        known.Ticks = time.UtcTicks;
        known.AlongM = vehicle.Centre.AlongM;
        double against = road.Options.Direction switch
        {
            TrafficDirection.Toward => vehicle.AlongMs,
            TrafficDirection.Away => -vehicle.AlongMs,
            _ => 0,
        };
        bool wrong = vehicle.Seen && against > WrongWayMs + (2 * vehicle.AlongErrorMs);
        known.WrongSeconds = wrong ? known.WrongSeconds + seconds : against > 0 ? known.WrongSeconds : 0;
        known.WrongM = wrong ? known.WrongM + (against * seconds) : against > 0 ? known.WrongM : 0;
        if (!known.WrongReported && known.WrongSeconds >= WrongWaySeconds && known.WrongM >= WrongWayM)
        {
            known.WrongReported = true;
            Raise(TrafficAlarmKind.WrongWay, vehicle);
        }

        bool standing = Math.Abs(vehicle.AlongMs) < StandingMs;
        known.StandingSeconds = standing ? known.StandingSeconds + seconds : 0;
        known.Passed = standing ? known.Passed + passed : 0;
        bool overtaken = known.StandingSeconds >= options.StandingWhileOthersPassSeconds && known.Passed >= options.StandingPassed;
        if (!known.StandingReported && (overtaken || known.StandingSeconds >= options.StandingSeconds))
        {
            known.StandingReported = true;
            Raise(TrafficAlarmKind.Standing, vehicle);
        }

        _states[index] = known;
    }

    private void Raise(TrafficAlarmKind kind, Vehicle vehicle) => _new.Add(new TrafficAlarm
    {
        Approach = road.Options.Name,
        Kind = kind,
        VehicleId = vehicle.Id,
        Lane = vehicle.Lane,
        Class = vehicle.Class,
        AlongM = Math.Round(vehicle.Centre.AlongM, 1),
        SpeedKmh = Math.Round(Math.Abs(vehicle.AlongMs) * 3.6, 1),
    });

    private struct State
    {
        public long Id, Ticks;
        public double WrongSeconds, WrongM, StandingSeconds, AlongM, LastM;
        public int Passed;
        public bool WrongReported, StandingReported;
    }
}
