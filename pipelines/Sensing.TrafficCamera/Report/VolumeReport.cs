using Sensing.Steps;
using Sensing.Streams;
using Sensing.TrafficCamera.Counts;
using Sensing.TrafficCamera.Events;
using Sensing.TrafficCamera.Setup;
using Sensing.TrafficCamera.Tracks;

namespace Sensing.TrafficCamera.Report;

/// <summary>Volumes in windows on the UTC clock: vehicles by direction, lane and class, and by movement.</summary>
/// <remarks>A crossing belongs to the window of its own time. It is known within seconds, so that a window closes a
/// little after its end. A window continues over a gap, which it did not observe.</remarks>
public sealed class VolumeReport(Carriageway road, ReportOptions options) : IResumable
{
    /// <summary>How long a window waits for vehicles that are confirmed after the line.</summary>
    private const double WaitSeconds = 5;
    private const int Most = 200_000;

    private readonly List<Window> _windows = [];
    private readonly List<(DateTimeOffset End, VehicleCount Count)> _closed = [];
    private long _seen;
    private bool _joins;

    /// <summary>The windows that have ended. The list is used again at the next call.</summary>
    public IReadOnlyList<(DateTimeOffset End, VehicleCount Count)> Next(
        DateTimeOffset time, IReadOnlyList<LineCrossing> crossings, IReadOnlyList<GateMovement> movements)
    {
        _closed.Clear();
        foreach (int minutes in options.CountMinutes)
        {
            long length = minutes * TimeSpan.TicksPerMinute, start = time.UtcTicks / length * length;
            if (!_windows.Exists(w => w.Minutes == minutes && w.Start == start))
            {
                _windows.Add(new Window(minutes, start));
            }
        }

        Observe(time.UtcTicks);
        foreach (LineCrossing c in crossings)
        {
            Of(c.Time, w => w.Crossings.Add(new Crossing(c.Away, c.Lane, c.Class, c.SpeedMs)));
        }

        foreach (GateMovement m in movements)
        {
            Of(m.Time, w => w.Movements.Add(new Movement(m.From, m.To, m.Class)));
        }

        Close(_seen - (long)(WaitSeconds * TimeSpan.TicksPerSecond));
        return _closed;
    }

    /// <summary>A gap: the time until the next frame is not observed.</summary>
    public void Break() => _joins = false;

    /// <summary>The end: yields all windows as far as they were observed.</summary>
    public IReadOnlyList<(DateTimeOffset End, VehicleCount Count)> Finish()
    {
        _closed.Clear();
        Close(long.MaxValue);
        _joins = false;
        return _closed;
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("volumes-1");
        state.Write(_seen);
        state.Write(_joins);
        state.Write(_windows.Count);
        foreach (Window window in _windows)
        {
            state.Write(window.Minutes);
            state.Write(window.Start);
            state.Write(window.Observed);
            state.WriteArray<Crossing>(window.Crossings.ToArray());
            state.WriteArray<Movement>(window.Movements.ToArray());
        }
    }

    public void Load(BinaryReader state)
    {
        state.Expect("volumes-1");
        _seen = state.ReadInt64();
        _joins = state.ReadBoolean();
        _windows.Clear();
        int count = state.ReadInt32();
        for (int i = 0; i < count; i++)
        {
            var window = new Window(state.ReadInt32(), state.ReadInt64()) { Observed = state.ReadInt64() };
            window.Crossings.AddRange(state.ReadArray<Crossing>(Most));
            window.Movements.AddRange(state.ReadArray<Movement>(Most));
            _windows.Add(window);
        }
    }

    private void Of(DateTimeOffset time, Action<Window> add)
    {
        foreach (int minutes in options.CountMinutes)
        {
            Window? window = _windows.Find(w => w.Minutes == minutes && time.UtcTicks >= w.Start && time.UtcTicks < w.End)
                ?? _windows.Find(w => w.Minutes == minutes);
            if (window is not null && window.Crossings.Count < Most && window.Movements.Count < Most)
            {
                add(window);
            }
        }
    }

    /// <summary>The time since the frame before was observed, unless there was a gap.</summary>
    private void Observe(long now)
    {
        foreach (Window window in _windows)
        {
            long from = Math.Max(_seen, window.Start), to = Math.Min(now, window.End);
            window.Observed += _joins && to > from ? to - from : 0;
        }

        (_seen, _joins) = (now, true);
    }

    private void Close(long until)
    {
        for (int i = 0; i < _windows.Count; i++)
        {
            Window window = _windows[i];
            if (until == long.MaxValue || window.End <= until)
            {
                if (window.Observed > 0)
                {
                    // One that the recording's end cuts off ends with the last frame.
                    _closed.Add((new DateTimeOffset(Math.Min(window.End, _seen), TimeSpan.Zero), Count(window)));
                }

                _windows.RemoveAt(i--);
            }
        }
    }

    private VehicleCount Count(Window window)
    {
        double seconds = window.Observed / (double)TimeSpan.TicksPerSecond;
        return new VehicleCount
        {
            Approach = road.Options.Name,
            WindowMinutes = window.Minutes,
            ObservedSeconds = Math.Round(seconds, 1),
            Count = window.Crossings.Count,
            FlowPerHour = Math.Round(window.Crossings.Count * 3600 / Math.Max(1e-3, seconds), 1),
            MeanSpeedKmh = window.Crossings.Count > 0 ? Math.Round(window.Crossings.Average(c => c.SpeedMs) * 3.6, 1) : null,
            Lanes = [.. window.Crossings.GroupBy(c => (c.Away, c.Lane, c.Class)).OrderBy(g => g.Key).Select(g => new LaneCount
            {
                Direction = g.Key.Away ? TravelDirection.Away : TravelDirection.Toward,
                Lane = g.Key.Lane,
                Class = g.Key.Class,
                Count = g.Count(),
            })],
            Movements = [.. window.Movements.GroupBy(m => (m.From, m.To, m.Class)).OrderBy(g => g.Key).Select(g => new MovementCount
            {
                From = road.Options.Gates[g.Key.From].Name,
                To = road.Options.Gates[g.Key.To].Name,
                Class = g.Key.Class,
                Count = g.Count(),
            })],
        };
    }

    private readonly record struct Crossing(bool Away, int Lane, VehicleClass Class, double SpeedMs);

    private readonly record struct Movement(int From, int To, VehicleClass Class);

    private sealed class Window(int minutes, long start)
    {
        public int Minutes => minutes;

        public long Start => start;

        public long End => start + (minutes * TimeSpan.TicksPerMinute);

        /// <summary>How much of it was observed, ticks.</summary>
        public long Observed { get; set; }

        public List<Crossing> Crossings { get; } = [];

        public List<Movement> Movements { get; } = [];
    }
}
