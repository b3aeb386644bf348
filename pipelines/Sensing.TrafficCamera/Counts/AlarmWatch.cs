using Sensing.Steps;
using Sensing.Streams;
using Sensing.TrafficCamera.Events;
using Sensing.TrafficCamera.Report;
using Sensing.TrafficCamera.Setup;
using Sensing.TrafficCamera.Tracks;

namespace Sensing.TrafficCamera.Counts;

/// <summary>Wrong-way and standing vehicles, each reported once.</summary>
/// <remarks>A vehicle in a queue stands, too: one is reported while others pass it, or when it stands longer than any red.</remarks>
public sealed class AlarmWatch(Carriageway road, ReportOptions options) : IResumable
{
    private const int Most = 1000;
    private const double RememberSeconds = 10;

    /// <summary>Wrong-way driving is reported after this way and time: a wrong fit lasts a frame, a manoeuvre a car's length.</summary>
    private const double WrongWayM = 8, WrongWaySeconds = 1, WrongWayMs = 2;
    private const double StandingMs = 0.7;

    private readonly List<State> _states = [];
    private readonly List<TrafficAlarm> _new = [];

    /// <summary>The alarms that this frame raises. The list is used again at the next call.</summary>
    public IReadOnlyList<TrafficAlarm> Next(DateTimeOffset time, IReadOnlyList<Vehicle> vehicles, int passed)
    {
        _new.Clear();
        long old = time.UtcTicks - (long)(RememberSeconds * TimeSpan.TicksPerSecond);
        _states.RemoveAll(state => state.Ticks < old);
        foreach (Vehicle vehicle in vehicles)
        {
            if (vehicle.Confirmed)
            {
                Look(time, vehicle, passed);
            }
        }

        return _new;
    }

    public void Break() => _states.Clear();

    public void Save(BinaryWriter state)
    {
        state.Mark("alarms-1");
        state.WriteArray<State>(_states.ToArray());
    }

    public void Load(BinaryReader state)
    {
        state.Expect("alarms-1");
        _states.Clear();
        _states.AddRange(state.ReadArray<State>(Most));
    }

    private void Look(DateTimeOffset time, Vehicle vehicle, int passed)
    {
        int index = _states.FindIndex(state => state.Id == vehicle.Id);
        if (index < 0)
        {
            if (_states.Count < Most)
            {
                _states.Add(new State { Id = vehicle.Id, Ticks = time.UtcTicks });
            }

            return;
        }

        State known = _states[index];
        double seconds = (time.UtcTicks - known.Ticks) / (double)TimeSpan.TicksPerSecond;
        known.Ticks = time.UtcTicks;
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
        public double WrongSeconds, WrongM, StandingSeconds;
        public int Passed;
        public bool WrongReported, StandingReported;
    }
}
