using System.Globalization;
using System.Xml.Linq;
using Sensing.TrafficCamera.Signals;

namespace Sensing.Benchmarks.Camera.Signals;

/// <summary>What cameras would see of a simulation: the vehicles of each approach within a length of its stop line, and no others.</summary>
/// <remarks>Where the approach's last edge is shorter than the view, the camera also sees the road straight behind it.</remarks>
internal sealed class CameraViews
{
    /// <summary>Slower vehicles count as queued, m/s: 5 km/h.</summary>
    private const double QueueSpeedMs = 5 / 3.6;

    /// <summary>How far beyond the stop line a camera sees vehicles that stand in the junction, m.</summary>
    private const double BeyondM = 12;

    private readonly Dictionary<string, int> _beyond = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);
    private readonly (string Edge, int Lane)[] _lanes;
    private readonly double _visibleM;
    private readonly Dictionary<string, int> _before = new(StringComparer.Ordinal);

    public CameraViews(XElement net, (string Edge, int Lane)[] lanes, double visibleM)
    {
        _lanes = lanes;
        _visibleM = visibleM;
        Dictionary<string, double> lengths = net.Elements("edge").Elements("lane").ToDictionary(
            l => (string)l.Attribute("id")!, l => double.Parse(l.Attribute("length")!.Value, CultureInfo.InvariantCulture), StringComparer.Ordinal);
        for (int lane = 0; lane < lanes.Length; lane++)
        {
            foreach (XElement c in net.Elements("connection").Where(c => $"{c.Attribute("from")!.Value}_{c.Attribute("fromLane")!.Value}"
                == $"{lanes[lane].Edge}_{lanes[lane].Lane}" && c.Attribute("via") is not null))
            {
                _beyond[(string)c.Attribute("via")!] = lane;
            }

            var open = new Queue<(string Id, double ToStopM)>([($"{lanes[lane].Edge}_{lanes[lane].Lane}", 0)]);
            while (open.TryDequeue(out (string Id, double ToStopM) one))
            {
                if (!_places.TryAdd(one.Id, new Place(lane, one.ToStopM + lengths[one.Id])) || one.ToStopM + lengths[one.Id] >= visibleM)
                {
                    continue;
                }

                foreach (XElement c in net.Elements("connection").Where(c => (string?)c.Attribute("dir") == "s"
                    && $"{c.Attribute("to")!.Value}_{c.Attribute("toLane")!.Value}" == one.Id && !c.Attribute("from")!.Value.StartsWith(':')))
                {
                    double behind = one.ToStopM + lengths[one.Id];
                    if ((string?)c.Attribute("via") is { } via)
                    {
                        _places.TryAdd(via, new Place(lane, behind + lengths[via]));
                        behind += lengths[via];
                    }

                    open.Enqueue(($"{c.Attribute("from")!.Value}_{c.Attribute("fromLane")!.Value}", behind));
                }
            }
        }
    }

    /// <summary>One reading of each approach.</summary>
    /// <param name="vehicles">All vehicles around the junction.</param>
    /// <param name="time">Time of the reading.</param>
    /// <param name="noise">Share of vehicles that are not detected, in each second anew; null: none.</param>
    public IEnumerable<ApproachReading> Read(IEnumerable<SumoVehicle> vehicles, DateTimeOffset time, (Random Random, double Share)? noise)
    {
        var count = new double[_lanes.Length];
        var queue = new double[_lanes.Length];
        var queueM = new double[_lanes.Length];
        var covered = new double[_lanes.Length];
        var speed = new double[_lanes.Length];
        var passed = new double[_lanes.Length];
        var clearing = new double[_lanes.Length];
        var here = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (SumoVehicle vehicle in vehicles)
        {
            if (_beyond.TryGetValue(vehicle.Lane, out int left) && vehicle.PositionM <= BeyondM && vehicle.SpeedMs < QueueSpeedMs)
            {
                clearing[left]++;
            }

            if (!_places.TryGetValue(vehicle.Lane, out Place place) || place.BeginToStopM - vehicle.PositionM is var distance && distance > _visibleM)
            {
                continue;
            }

            int lane = place.Lane;
            here[vehicle.Id] = lane;
            if (noise is { } n && n.Random.NextDouble() < n.Share)
            {
                continue;
            }

            count[lane]++;
            speed[lane] += vehicle.SpeedMs;
            covered[lane] += Math.Min(vehicle.LengthM, _visibleM - distance);
            if (vehicle.SpeedMs < QueueSpeedMs)
            {
                queue[lane]++;
                queueM[lane] = Math.Max(queueM[lane], Math.Min(distance + vehicle.LengthM, _visibleM));
            }
        }

        foreach ((string id, int lane) in _before)
        {
            passed[lane] += here.ContainsKey(id) || (noise is { } n && n.Random.NextDouble() < n.Share) ? 0 : 1;
        }

        _before.Clear();
        foreach ((string id, int lane) in here)
        {
            _before[id] = lane;
        }

        return _lanes.Select((l, i) => (l.Edge, Reading: new LaneReading
        {
            Lane = l.Lane,
            Count = count[i],
            Queue = queue[i],
            QueueM = queueM[i],
            Index = covered[i] / _visibleM,
            DensityPerKm = count[i] / _visibleM * 1000,
            MeanSpeedKmh = count[i] > 0 ? speed[i] / count[i] * 3.6 : null,
            Passed = passed[i],
            Clearing = clearing[i],
        })).GroupBy(l => l.Edge).Select(g => new ApproachReading { Time = time, Approach = g.Key, Lanes = [.. g.Select(l => l.Reading)] });
    }

    /// <param name="Lane">Index of the approach's lane.</param>
    /// <param name="BeginToStopM">Distance of this lane's begin from the stop line.</param>
    private readonly record struct Place(int Lane, double BeginToStopM);
}
