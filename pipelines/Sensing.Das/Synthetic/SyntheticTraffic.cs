namespace Sensing.Das.Synthetic;

/// <summary>All lanes of a scenario: which vehicles are about in a stretch of time.</summary>
internal sealed class SyntheticTraffic
{
    private readonly LaneTraffic[] _lanes;
    private readonly Dictionary<(int Lane, long Cell), IReadOnlyList<SyntheticVehicle>> _cells = [];

    public SyntheticTraffic(IReadOnlyList<LaneDescription> lanes, DasGeometry geometry, long seed)
    {
        double reach = VehicleSignature.ReachM(geometry);
        double end = geometry.DistanceOf(geometry.Channels - 1);
        _lanes = [.. lanes.Select((lane, i) => new LaneTraffic(lane, i, seed, geometry.FirstChannelM - reach, end + reach, reach))];
    }

    /// <summary>Vehicles that the fibre can feel at some instant from <paramref name="from"/> to <paramref name="to"/>, s, by number.</summary>
    public List<SyntheticVehicle> Between(double from, double to)
    {
        var found = new List<SyntheticVehicle>();
        var wanted = new HashSet<(int, long)>();
        for (int lane = 0; lane < _lanes.Length; lane++)
        {
            LaneTraffic traffic = _lanes[lane];
            double stay = traffic.LongestStaySeconds + SyntheticVehicle.FadeSeconds;
            long first = Math.Max(0, (long)Math.Floor((from - stay) / traffic.CellSeconds) - 1);
            long last = (long)Math.Floor(to / traffic.CellSeconds);
            for (long cell = first; cell <= last; cell++)
            {
                wanted.Add((lane, cell));
                if (!_cells.TryGetValue((lane, cell), out IReadOnlyList<SyntheticVehicle>? vehicles))
                {
                    _cells.Add((lane, cell), vehicles = traffic.Cell(cell));
                }

                found.AddRange(vehicles.Where(v => v.Trajectory.StartSeconds <= to && v.GoneSeconds >= from));
            }
        }

        foreach ((int, long) gone in _cells.Keys.Where(key => !wanted.Contains(key)).ToArray())
        {
            _cells.Remove(gone);
        }

        found.Sort((a, b) => a.Id.CompareTo(b.Id));
        return found;
    }
}
