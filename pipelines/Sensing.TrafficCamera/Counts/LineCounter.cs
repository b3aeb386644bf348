using Sensing.Steps;
using Sensing.Streams;
using Sensing.TrafficCamera.Setup;
using Sensing.TrafficCamera.Tracks;

namespace Sensing.TrafficCamera.Counts;

/// <summary>Counts each vehicle once, when its middle passes the counting line.</summary>
/// <remarks>A vehicle that is not yet confirmed at the line is counted when it is, with the time of its crossing. One
/// that rolls back and forth on the line, or stands on it, is counted at its first crossing alone.</remarks>
public sealed class LineCounter(Carriageway road) : IResumable
{
    private const int Most = 1000;

    /// <summary>How long a vehicle is remembered after its track has ended.</summary>
    private const double RememberSeconds = 10;

    /// <summary>Shortest time between the rear of a vehicle and the front of the next: drivers keep a second, the
    /// boldest half of one.</summary>
    private const double ShortestGapSeconds = 0.5;

    /// <summary>Slower than this the direction is not known, m/s.</summary>
    private const double LeastSpeedMs = 0.7;

    private readonly List<State> _states = [];
    private readonly List<LineCrossing> _recent = [];
    private readonly List<LineCrossing> _new = [];

    /// <summary>The crossings that this frame makes certain. The list is used again at the next call.</summary>
    public IReadOnlyList<LineCrossing> Next(DateTimeOffset time, IReadOnlyList<Vehicle> vehicles)
    {
        _new.Clear();
        long old = time.UtcTicks - (long)(RememberSeconds * TimeSpan.TicksPerSecond);
        _states.RemoveAll(state => state.Ticks < old);
        _recent.RemoveAll(crossing => crossing.Time.UtcTicks < old);
        foreach (Vehicle vehicle in vehicles)
        {
            Look(time, vehicle);
        }

        return _new;
    }

    public void Break() => _states.Clear();

    public void Save(BinaryWriter state)
    {
        state.Mark("line-counter-2");
        state.WriteArray<State>(_states.ToArray());
        state.WriteArray<Recent>([.. _recent.Select(Recent.Of)]);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("line-counter-2");
        _states.Clear();
        _states.AddRange(state.ReadArray<State>(Most));
        _recent.Clear();
        _recent.AddRange(state.ReadArray<Recent>(Most).Select(r => r.Crossing));
    }

    private void Look(DateTimeOffset time, Vehicle vehicle)
    {
        if (!vehicle.Seen)
        {
            return;
        }

        double beyond = road.CountingLine.Beyond(vehicle.Centre);
        int index = _states.FindIndex(state => state.Id == vehicle.Id);
        if (index < 0)
        {
            if (_states.Count < Most)
            {
                _states.Add(new State
                {
                    Id = vehicle.Id,
                    Ticks = time.UtcTicks,
                    CrossedTicks = time.UtcTicks,
                    Beyond = beyond,
                    AcrossM = vehicle.Centre.AcrossM,
                    Astride = Math.Abs(beyond) < vehicle.Size.LengthM / 2,
                });
            }

            return;
        }

        State known = _states[index];
        if (!known.Counted)
        {
            if (!known.Crossed && (known.Beyond > 0) != (beyond > 0))
            {
                double share = known.Beyond / (known.Beyond - beyond);
                known.Crossed = true;
                known.CrossedTicks = known.Ticks + (long)(share * (time.UtcTicks - known.Ticks));
                known.Away = beyond > known.Beyond;
                known.AcrossM = vehicle.Centre.AcrossM;
            }

            // One that appears on the line, its middle already beyond: its end crosses while it is seen, so it is
            // counted as well, with the time and place of its appearance, the nearest that are known.
            if (known.Astride && !known.Crossed && Math.Abs(beyond) >= vehicle.Size.LengthM / 2)
            {
                known.Astride = false;
                if (Math.Abs(vehicle.AlongMs) > LeastSpeedMs && vehicle.AlongMs > 0 == beyond > 0)
                {
                    known.Crossed = true;
                    known.Away = beyond > 0;
                }
            }

            if (known.Crossed && vehicle.Confirmed)
            {
                known.Counted = true;
                Add(known, vehicle);
            }
        }

        known.Ticks = time.UtcTicks;
        known.Beyond = beyond;
        _states[index] = known;
    }

    private void Add(State known, Vehicle vehicle)
    {
        var crossing = new LineCrossing(
            new DateTimeOffset(known.CrossedTicks, TimeSpan.Zero), vehicle.Id, known.Away,
            road.LaneAt(known.AcrossM, known.Away ? road.Options.LengthM : -road.Options.LengthM), known.AcrossM,
            vehicle.Class, Math.Abs(vehicle.AlongMs), vehicle.AlongErrorMs, vehicle.Size.LengthM);

        if (!_recent.Exists(other => SameVehicle(other, crossing)))
        {
            if (_recent.Count < Most)
            {
                _recent.Add(crossing);
            }

            _new.Add(crossing);
        }
    }

    /// <summary>Two vehicles do not pass through each other, and nobody follows at less than half a second.</summary>
    private static bool SameVehicle(LineCrossing a, LineCrossing b)
    {
        double speed = Math.Max(0.5, Math.Max(a.SpeedMs, b.SpeedMs));
        double gap = Math.Abs((a.Time - b.Time).TotalSeconds) * speed;
        return a.Away == b.Away && Math.Abs(a.AcrossM - b.AcrossM) < 1.3
            && gap < ((a.LengthM + b.LengthM) / 2) + (ShortestGapSeconds * speed);
    }

    private struct State
    {
        public long Id, Ticks, CrossedTicks;
        public double Beyond, AcrossM;
        public bool Crossed, Counted, Away, Astride;
    }

    /// <summary>A crossing without references.</summary>
    private readonly record struct Recent(
        long Ticks, long Id, bool Away, int Lane, double AcrossM, VehicleClass Class, double SpeedMs, double ErrorMs, double LengthM)
    {
        public LineCrossing Crossing =>
            new(new DateTimeOffset(Ticks, TimeSpan.Zero), Id, Away, Lane, AcrossM, Class, SpeedMs, ErrorMs, LengthM);

        public static Recent Of(LineCrossing c) =>
            new(c.Time.UtcTicks, c.VehicleId, c.Away, c.Lane, c.AcrossM, c.Class, c.SpeedMs, c.SpeedErrorMs, c.LengthM);
    }
}
