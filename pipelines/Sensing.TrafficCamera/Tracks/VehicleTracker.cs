using Sensing.Steps;
using Sensing.Streams;
using Sensing.TrafficCamera.Setup;

namespace Sensing.TrafficCamera.Tracks;

/// <summary>From vehicles in single frames to vehicles over time: one id each.</summary>
/// <remarks>A Kalman filter along and across the road, one assignment a frame. A pure function of frames and their
/// times.</remarks>
public sealed partial class VehicleTracker(Carriageway road) : IResumable
{
    /// <summary>Comfortable braking and starting, m/s²; emergency braking is caught up with within a few
    /// frames.</summary>
    private const double AlongAcceleration = 2.5;

    /// <summary>Lane changes take three seconds for 3.5 m.</summary>
    private const double AcrossAcceleration = 0.8;

    /// <summary>Squared distance in standard deviations within which a detection may belong to a track: 99.9 % of two
    /// degrees of freedom.</summary>
    private const double Gate = 13.8;
    private const int MostTracks = 500;

    /// <summary>How long a vehicle that nothing shows is kept: the time that a bus takes to pass in front of
    /// it.</summary>
    private const double HiddenSeconds = 1.2;

    /// <summary>…and one that stands: a queue hides it until it moves.</summary>
    private const double HiddenStandingSeconds = 5;
    private const double StandingMs = 0.7;

    /// <summary>After so many frames within another vehicle, a track is a part of that one.</summary>
    private const int OverlapFrames = 5;

    /// <summary>A two-wheeler this near to a larger vehicle's flank and as fast is its rim: nobody rides so beside a
    /// car.</summary>
    private const double SliceGapM = 0.4;
    private const double SliceSpeedMs = 1.5;

    private readonly List<TrackState> _tracks = [];
    private readonly List<Vehicle> _vehicles = [];
    private readonly Assignment _assignment = new();
    private double[] _costs = [];
    private int[] _columns = [];
    private bool[] _taken = [];
    private ExpectedVehicle[] _expected = [];
    private long _next = 1;
    private long _ticks;

    /// <summary>Where known vehicles are expected at a time; the span is valid until the next call.</summary>
    public ReadOnlySpan<ExpectedVehicle> Expect(DateTimeOffset time)
    {
        double seconds = Seconds(time);
        if (_expected.Length < _tracks.Count)
        {
            _expected = new ExpectedVehicle[2 * _tracks.Count];
        }

        int count = 0;
        foreach (TrackState track in _tracks)
        {
            if (track.Hits >= 3)
            {
                MotionFilter along = track.Along, across = track.Across;
                along.Predict(seconds, AlongAcceleration);
                across.Predict(seconds, AcrossAcceleration);
                _expected[count++] = new ExpectedVehicle(
                    new RoadPoint(across.Position, along.Position), track.Size, track.Class, 2 * along.PositionError);
            }
        }

        return _expected.AsSpan(0, count);
    }

    /// <summary>Takes the detections of one frame; yields the vehicles, those of older tracks first. The list is used
    /// again at the next call.</summary>
    public IReadOnlyList<Vehicle> Next(DateTimeOffset time, IReadOnlyList<Detection> detections)
    {
        double seconds = Seconds(time);
        _ticks = time.UtcTicks;
        for (int i = 0; i < _tracks.Count; i++)
        {
            TrackState track = _tracks[i];
            track.Along.Predict(seconds, AlongAcceleration);
            track.Across.Predict(seconds, AcrossAcceleration);
            _tracks[i] = track;
        }

        Assign(detections);
        Absorb();
        _tracks.RemoveAll(IsOver);
        for (int d = 0; d < detections.Count && _tracks.Count < MostTracks; d++)
        {
            if (!_taken[d])
            {
                Begin(detections[d]);
            }
        }

        _vehicles.Clear();
        foreach (TrackState track in _tracks)
        {
            _vehicles.Add(new Vehicle(
                track.Id, track.Contact, track.Across.Speed, track.Along.Speed, track.Along.SpeedError, track.Size,
                track.Class, road.LaneAt(track.Across.Position, track.Along.Position - track.Start.AlongM),
                track.Confirmed, track.LastTicks == _ticks,
                new DateTimeOffset(track.FirstTicks, TimeSpan.Zero), track.Box));
        }

        return _vehicles;
    }

    /// <summary>Forgets all vehicles: nothing joins what comes after a gap. Ids go on.</summary>
    public void Break() => _tracks.Clear();

    public void Save(BinaryWriter state)
    {
        state.Mark("tracker-1");
        state.Write(_next);
        state.Write(_ticks);
        state.WriteArray<TrackState>(_tracks.ToArray());
    }

    public void Load(BinaryReader state)
    {
        state.Expect("tracker-1");
        _next = state.ReadInt64();
        _ticks = state.ReadInt64();
        _tracks.Clear();
        _tracks.AddRange(state.ReadArray<TrackState>(MostTracks));
    }

    private double Seconds(DateTimeOffset time) =>
        _ticks == 0 ? 0 : Math.Clamp((time.UtcTicks - _ticks) / (double)TimeSpan.TicksPerSecond, 0, 5);

    private void Assign(IReadOnlyList<Detection> detections)
    {
        int rows = _tracks.Count, columns = detections.Count;
        if (_costs.Length < rows * columns)
        {
            _costs = new double[2 * rows * columns];
        }

        if (_columns.Length < rows)
        {
            _columns = new int[2 * rows];
        }

        if (_taken.Length < columns)
        {
            _taken = new bool[2 * columns];
        }

        Array.Clear(_taken);
        for (int t = 0; t < rows; t++)
        {
            for (int d = 0; d < columns; d++)
            {
                (double across, double along) = Errors(detections[d]);
                TrackState track = _tracks[t];
                double distance = track.Across.Distance(detections[d].Contact.AcrossM, across)
                    + track.Along.Distance(detections[d].Contact.AlongM, along);

                // An old track takes precedence over a young one that has found the same vehicle.
                double doubt = track.Confirmed ? 0 : 2;
                _costs[(t * columns) + d] = distance < Gate ? distance + doubt : double.PositiveInfinity;
            }
        }

        _assignment.Solve(_costs.AsSpan(0, rows * columns), rows, columns, Gate + 4, _columns);
        for (int t = 0; t < rows; t++)
        {
            TrackState track = _tracks[t];
            if (_columns[t] >= 0 && !double.IsPositiveInfinity(_costs[(t * columns) + _columns[t]]))
            {
                _taken[_columns[t]] = true;
                Update(ref track, detections[_columns[t]]);
            }
            else
            {
                track.Misses++;
            }

            _tracks[t] = track;
        }
    }

    /// <summary>Vehicles do not drive through each other: what stays within another one's length is that one's roof or
    /// load, and it is larger.</summary>
    private void Absorb()
    {
        for (int f = 0; f < _tracks.Count; f++)
        {
            TrackState far = _tracks[f];
            bool within = false;
            for (int n = 0; n < _tracks.Count && !within; n++)
            {
                TrackState near = _tracks[n];
                bool seen = n != f && far.LastTicks == _ticks && near.LastTicks == _ticks;
                if (seen && IsRim(far, near))
                {
                    within = true;
                    far.Absorbed = !far.Confirmed || far.Overlaps + 1 >= OverlapFrames;
                    continue;
                }

                double gap = far.Along.Position - near.Along.Position;
                within = seen && near.Hits > far.Hits / 2 && gap > 0 && gap < (0.85 * near.Size.LengthM) + 0.3
                    && Math.Abs(far.Across.Position - near.Across.Position)
                        < 0.35 * (far.Size.WidthM + near.Size.WidthM);
                if (within && far.Overlaps + 1 >= OverlapFrames)
                {
                    far.Absorbed = true;
                    near.Votes[Math.Min((int)near.Class + 1, (int)VehicleClass.Truck)] += 0.3 * near.Weight;
                    VehicleSize larger = VehicleSize.Of(near.Class);
                    near.Size = new VehicleSize(
                        Math.Max(near.Size.WidthM, 0.9 * larger.WidthM), Math.Max(near.Size.LengthM, 0.9 * larger.LengthM),
                        Math.Max(near.Size.HeightM, 0.9 * larger.HeightM));
                    _tracks[n] = near;
                }
            }

            far.Overlaps = within ? far.Overlaps + 1 : 0;
            _tracks[f] = far;
        }

        _tracks.RemoveAll(track => track.Absorbed);
    }

    /// <summary>Whether a two-wheeler is the rim of a larger vehicle: beside it for most of its length, as fast, and
    /// nearer than anybody rides. One that has not been seen apart is never confirmed; the larger vehicle is not
    /// enlarged by its shadow.</summary>
    private static bool IsRim(in TrackState rim, in TrackState vehicle)
    {
        if (rim.Class != VehicleClass.TwoWheeler || vehicle.Class == VehicleClass.TwoWheeler)
        {
            return false;
        }

        double from = Math.Max(rim.Along.Position, vehicle.Along.Position);
        double to = Math.Min(rim.Along.Position + rim.Size.LengthM, vehicle.Along.Position + vehicle.Size.LengthM);
        return to - from > rim.Size.LengthM / 2
            && Math.Abs(rim.Across.Position - vehicle.Across.Position)
                < (0.5 * (rim.Size.WidthM + vehicle.Size.WidthM)) + SliceGapM
            && (!rim.Confirmed || Math.Abs(rim.Along.Speed - vehicle.Along.Speed) < SliceSpeedMs);
    }

    private void Update(ref TrackState track, Detection detection)
    {
        (double across, double along) = Errors(detection);
        track.Across.Update(detection.Contact.AcrossM, across);
        track.Along.Update(detection.Contact.AlongM, along);
        track.LastTicks = _ticks;
        track.Hits++;
        track.Misses = 0;
        track.Box = detection.Box;

        // Sizes are seen better from near, where a silhouette has more pixels.
        double area = (detection.Box.Right - detection.Box.Left) * (detection.Box.Bottom - detection.Box.Top) * detection.Score;
        track.Weight += area;
        double share = Math.Max(0.02, area / Math.Max(1e-9, track.Weight));
        track.Size = new VehicleSize(
            track.Size.WidthM + (share * (detection.Size.WidthM - track.Size.WidthM)),
            track.Size.LengthM + (share * (detection.Size.LengthM - track.Size.LengthM)),
            track.Size.HeightM + (share * (detection.Size.HeightM - track.Size.HeightM)));
        track.Votes[(int)detection.Class] += area;
        double moved = Math.Abs(track.Along.Position - track.Start.AlongM) + Math.Abs(track.Across.Position - track.Start.AcrossM);
        double seconds = (_ticks - track.FirstTicks) / (double)TimeSpan.TicksPerSecond;
        track.Confirmed |= track.Hits >= 4 && seconds >= 0.15 && moved > Math.Max(1.5, 2.5 * track.Along.PositionError);
    }

    private void Begin(Detection detection)
    {
        (double across, double along) = Errors(detection);
        (double speed, double error) = road.Options.Direction switch
        {
            TrafficDirection.Toward => (-0.5, 0.6),
            TrafficDirection.Away => (0.5, 0.6),
            _ => (0.0, 1.0),
        };
        double free = road.Options.SpeedLimitKmh / 3.6;
        var track = new TrackState
        {
            Id = _next++,
            FirstTicks = _ticks,
            LastTicks = _ticks,
            Across = new MotionFilter(detection.Contact.AcrossM, across, 0, 0.7),
            Along = new MotionFilter(detection.Contact.AlongM, along, speed * free, error * free),
            Size = detection.Size,
            Start = detection.Contact,
            Box = detection.Box,
            Hits = 1,
        };
        track.Votes[(int)detection.Class] = 1;
        _tracks.Add(track);
    }

    /// <summary>What is not seen any more is over when it has left the carriageway, or when nothing can hide it so
    /// long.</summary>
    private bool IsOver(TrackState track)
    {
        double hidden = (_ticks - track.LastTicks) / (double)TimeSpan.TicksPerSecond;
        bool outside = track.Along.Position < -8 || track.Along.Position > road.Options.LengthM + 2
            || track.Across.Position < -1.5 || track.Across.Position > road.Options.WidthM + 1.5;
        if (!track.Confirmed)
        {
            return track.Misses > Math.Min(3, track.Hits) || outside;
        }

        // One at an end of the carriageway has driven out of sight more probably than that a queue hides it.
        bool standing = Math.Abs(track.Along.Speed) < StandingMs && track.Along.Position >= 0
            && track.Along.Position + (track.Size.LengthM / 2) <= road.Options.LengthM;
        return (outside && track.Misses > 2) || hidden > (standing ? HiddenStandingSeconds : HiddenSeconds);
    }

    /// <summary>How well a place in the picture tells a place on the road: a pixel and a half, and the shape of
    /// vehicles.</summary>
    private (double Across, double Along) Errors(Detection detection)
    {
        RoadPoint at = detection.Contact;
        (double x, double y) = road.ToImage.Map(at.AcrossM, at.AlongM);
        (double ax, double ay) = road.ToImage.Map(at.AcrossM + 1, at.AlongM);
        (double bx, double by) = road.ToImage.Map(at.AcrossM, at.AlongM + 1);
        double across = 1 / Math.Max(0.05, Math.Sqrt(((ax - x) * (ax - x)) + ((ay - y) * (ay - y))));
        double along = 1 / Math.Max(0.05, Math.Sqrt(((bx - x) * (bx - x)) + ((by - y) * (by - y))));
        return (Math.Max(0.25, 1.5 * across), Math.Max(0.4, 1.5 * along));
    }
}
