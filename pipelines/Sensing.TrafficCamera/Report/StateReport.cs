using Sensing.Steps;
using Sensing.Streams;
using Sensing.TrafficCamera.Counts;
using Sensing.TrafficCamera.Events;
using Sensing.TrafficCamera.Setup;
using Sensing.TrafficCamera.Tracks;

namespace Sensing.TrafficCamera.Report;

/// <summary>Index, level, density, speed and queue of each lane and of the approach, at a fixed interval of event
/// time.</summary>
/// <remarks>The occupied area is that of the vehicles' footprints, which is what foreground and detector boxes leave on
/// the road when heights are projected away: silhouettes themselves cover far more road than vehicles do.</remarks>
public sealed class StateReport : IResumable
{
    /// <summary>Below this speed a vehicle is queued: 5 miles an hour (Highway Capacity Manual, 6th edition, chapter
    /// 31).</summary>
    private const double QueuedMs = 2.2;

    /// <summary>A gap between queued vehicles that is longer than this ends the queue, m.</summary>
    private const double LongestGapM = 15;

    /// <summary>Vehicles that stand in the junction are looked for so far beyond the stop line, m; farther away they
    /// block nobody's start.</summary>
    private const double ClearingM = 12;

    /// <summary>How well one track's speed is known beyond the filter's own error: contact points creep along a
    /// vehicle, m/s.</summary>
    private const double TrackErrorMs = 0.5;

    private readonly Carriageway _road;
    private readonly ReportOptions _options;
    private readonly Cell[] _cells;
    private readonly List<Vehicle> _queue = [];
    private long _ticks;
    private long _due;

    public StateReport(Carriageway road, ReportOptions options)
    {
        (_road, _options) = (road, options);
        _cells = new Cell[road.Options.Lanes + 1];
    }

    /// <summary>Takes the vehicles of one frame; yields a state when one is due.</summary>
    /// <param name="time">The frame's time.</param>
    /// <param name="vehicles">All vehicles.</param>
    /// <param name="crossings">Those that this frame counted.</param>
    /// <param name="quality">How well the camera sees, 0…1.</param>
    public ApproachState? Next(
        DateTimeOffset time, IReadOnlyList<Vehicle> vehicles, IReadOnlyList<LineCrossing> crossings, double quality)
    {
        double seconds = _ticks == 0 ? 0 : Math.Clamp((time.UtcTicks - _ticks) / (double)TimeSpan.TicksPerSecond, 0, 5);
        bool first = _ticks == 0;
        _ticks = time.UtcTicks;
        for (int lane = 0; lane < _cells.Length; lane++)
        {
            Observe(lane, vehicles, seconds, first);
        }

        foreach (LineCrossing crossing in crossings)
        {
            _cells[0].Passed++;
            _cells[crossing.Lane].Passed++;
        }

        // Instants on the clock, so that the interval does not depend on the first frame.
        long interval = (long)(_options.StateSeconds * TimeSpan.TicksPerSecond);
        long slot = time.UtcTicks / interval;
        if (slot == _due)
        {
            return null;
        }

        bool begun = _due != 0;
        _due = slot;
        if (!begun)
        {
            return null;
        }

        ApproachState state = State(vehicles, quality);
        for (int lane = 0; lane < _cells.Length; lane++)
        {
            _cells[lane].Passed = 0;
            _cells[lane].AreaSum = 0;
            _cells[lane].Frames = 0;
        }

        return state;
    }

    public void Break()
    {
        Array.Clear(_cells);
        (_ticks, _due) = (0, 0);
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("state-report-1");
        state.Write(_ticks);
        state.Write(_due);
        state.WriteArray<Cell>(_cells);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("state-report-1");
        _ticks = state.ReadInt64();
        _due = state.ReadInt64();
        state.ReadArray<Cell>(_cells.AsSpan());
    }

    /// <summary>Area, density and speed of a lane (0: all), smoothed with the configured time constant.</summary>
    private void Observe(int lane, IReadOnlyList<Vehicle> vehicles, double seconds, bool first)
    {
        double area = 0, cars = 0, speed = 0, speedSquares = 0, errors = 0;
        int count = 0;
        foreach (Vehicle vehicle in vehicles)
        {
            double share = vehicle.Confirmed || vehicle.Seen ? Footprint(vehicle, lane) : 0;
            area += share;
            if (vehicle.Confirmed && IsOn(vehicle, lane))
            {
                count++;
                cars += LevelOfService.CarEquivalents(vehicle.Class);
                speed += Math.Abs(vehicle.AlongMs);
                speedSquares += vehicle.AlongMs * vehicle.AlongMs;
                errors += (vehicle.AlongErrorMs * vehicle.AlongErrorMs) + (TrackErrorMs * TrackErrorMs);
            }
        }

        ref Cell cell = ref _cells[lane];
        double width = lane == 0 ? _road.Options.WidthM : _road.LaneWidthM;
        double raw = Math.Min(1, area / (width * _road.Options.LengthM));
        double laneKm = _road.Options.LengthM / 1000 * (lane == 0 ? _road.Options.Lanes : 1);
        double gain = first || _options.SmoothingSeconds <= 0 ? 1 : 1 - Math.Exp(-seconds / _options.SmoothingSeconds);
        cell.AreaSum += raw;
        cell.Frames++;
        cell.Index += gain * (raw - cell.Index);
        cell.Density += gain * ((count / laneKm) - cell.Density);
        cell.Cars += gain * ((cars / laneKm) - cell.Cars);
        cell.Count = count;

        // Speeds are smoothed with the vehicles as weights: an empty road has no speed.
        cell.SpeedWeight += gain * (count - cell.SpeedWeight);
        cell.SpeedSum += gain * (speed - cell.SpeedSum);
        cell.Mean = count > 0 ? speed / count : double.NaN;
        double spread = count > 1 ? Math.Max(0, (speedSquares - (speed * speed / count)) / (count - 1)) : 0;
        cell.Error = count > 0 ? Math.Sqrt((errors / count / count) + (spread / count)) : double.NaN;
    }

    private ApproachState State(IReadOnlyList<Vehicle> vehicles, double quality)
    {
        var lanes = new LaneState[_road.Options.Lanes];
        double longest = 0;
        int allStanding = 0;
        for (int lane = 1; lane <= lanes.Length; lane++)
        {
            double queue = Queue(vehicles, lane);
            longest = Math.Max(longest, queue);
            int standing = Standing(vehicles, lane, 0, double.PositiveInfinity);
            allStanding += standing;
            Cell cell = _cells[lane];
            lanes[lane - 1] = new LaneState
            {
                Lane = lane,
                Index = Share(cell.Index),
                IndexRaw = Share(cell.AreaSum / Math.Max(1, cell.Frames)),
                Level = Level(cell),
                Vehicles = cell.Count,
                Passed = cell.Passed,
                DensityPerKmLane = Tenth(cell.Density),
                MeanSpeedKmh = Speed(cell),
                SpeedStandardErrorKmh = SpeedError(cell),
                QueueM = Tenth(queue),
                QueueVehicles = standing,
                ClearingVehicles = _road.StopLine is null ? null : Standing(vehicles, lane, -ClearingM, 0),
            };
        }

        Cell all = _cells[0];
        return new ApproachState
        {
            Approach = _road.Options.Name,
            Index = Share(all.Index),
            IndexRaw = Share(all.AreaSum / Math.Max(1, all.Frames)),
            Level = Level(all),
            Vehicles = all.Count,
            Passed = all.Passed,
            DensityPerKmLane = Tenth(all.Density),
            MeanSpeedKmh = Speed(all),
            SpeedStandardErrorKmh = SpeedError(all),
            QueueM = Tenth(longest),
            QueueVehicles = allStanding,
            LevelOfService = LevelOfService.Of(all.Cars),
            Quality = Math.Round(Math.Clamp(quality, 0, 1), 3),
            Lanes = lanes,
        };
    }

    /// <summary>Road area that a vehicle covers of a lane, of all lanes for 0, m².</summary>
    private double Footprint(Vehicle vehicle, int lane)
    {
        double left = lane == 0 ? 0 : (lane - 1) * _road.LaneWidthM, right = lane == 0 ? _road.Options.WidthM : lane * _road.LaneWidthM;
        double half = vehicle.Size.WidthM / 2;
        double across = Math.Min(right, vehicle.Contact.AcrossM + half) - Math.Max(left, vehicle.Contact.AcrossM - half);
        double along = Math.Min(_road.Options.LengthM, vehicle.Contact.AlongM + vehicle.Size.LengthM) - Math.Max(0, vehicle.Contact.AlongM);
        return Math.Max(0, across) * Math.Max(0, along);
    }

    private bool IsOn(Vehicle vehicle, int lane) =>
        vehicle.Centre.AlongM >= 0 && vehicle.Centre.AlongM <= _road.Options.LengthM && (lane == 0 || vehicle.Lane == lane);

    /// <summary>From the stop line, or the end toward which vehicles drive, back to the last queued vehicle, without a
    /// long gap.</summary>
    private double Queue(IReadOnlyList<Vehicle> vehicles, int lane)
    {
        bool toward = Toward;
        double head = Head(lane);
        _queue.Clear();
        foreach (Vehicle vehicle in vehicles)
        {
            if (vehicle.Lane == lane && Math.Abs(vehicle.AlongMs) < QueuedMs && (vehicle.Confirmed || vehicle.Seen))
            {
                _queue.Add(vehicle);
            }
        }

        // In order from the head of the queue.
        _queue.Sort((a, b) => toward ? a.Contact.AlongM.CompareTo(b.Contact.AlongM) : b.Contact.AlongM.CompareTo(a.Contact.AlongM));
        double back = 0;
        foreach (Vehicle vehicle in _queue)
        {
            double near = vehicle.Contact.AlongM, far = near + vehicle.Size.LengthM;
            double from = toward ? near - head : head - far, to = toward ? far - head : head - near;
            if (to <= 0)
            {
                continue;
            }

            if (from - back > LongestGapM)
            {
                break;
            }

            back = Math.Max(back, to);
        }

        return back;
    }

    /// <summary>Standing vehicles of a lane whose middle is within a distance before the stop line; negative: beyond
    /// it.</summary>
    private int Standing(IReadOnlyList<Vehicle> vehicles, int lane, double from, double to)
    {
        double head = Head(lane);
        int count = 0;
        foreach (Vehicle vehicle in vehicles)
        {
            double before = Toward ? vehicle.Centre.AlongM - head : head - vehicle.Centre.AlongM;
            bool standing = vehicle.Confirmed && vehicle.Lane == lane && Math.Abs(vehicle.AlongMs) < QueuedMs;
            count += standing && before >= from && before < to ? 1 : 0;
        }

        return count;
    }

    private bool Toward => _road.Options.Direction != TrafficDirection.Away;

    /// <summary>Where a lane's queue begins: at the stop line, else at the end toward which vehicles drive.</summary>
    private double Head(int lane) =>
        _road.StopLine?.AlongAt((lane - 0.5) * _road.LaneWidthM) ?? (Toward ? 0 : _road.Options.LengthM);

    private CongestionLevel Level(Cell cell) => LevelOfService.Congestion(
        cell.Index, cell.SpeedWeight > 0.05 ? cell.SpeedSum / cell.SpeedWeight / (_road.Options.SpeedLimitKmh / 3.6) : null);

    private static double? Speed(Cell cell) => cell.Count > 0 ? Tenth(cell.Mean * 3.6) : null;

    private double? SpeedError(Cell cell) => cell.Count > 0
        ? Tenth(3.6 * Math.Sqrt((cell.Error * cell.Error) + (_options.ScaleError * cell.Mean * (_options.ScaleError * cell.Mean))))
        : null;

    private static double Share(double value) => Math.Round(Math.Clamp(value, 0, 1), 4);

    private static double Tenth(double value) => Math.Round(value, 1);

    /// <summary>Sums of one lane.</summary>
    private struct Cell
    {
        public double Index, AreaSum, Density, Cars, SpeedWeight, SpeedSum, Mean, Error;
        public int Frames, Count, Passed;
    }
}
