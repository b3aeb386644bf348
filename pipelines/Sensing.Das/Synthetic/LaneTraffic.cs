using Sensing.Das.Events;

namespace Sensing.Das.Synthetic;

/// <summary>Fills a lane with vehicles that keep their distance.</summary>
/// <remarks>
/// Time is cut into cells; the vehicles that enter in one depend on (seed, lane, cell) alone, so that a recording of any
/// length can be entered anywhere. Nobody enters so late in a cell that the fastest vehicle of the next could run into it.
/// </remarks>
internal sealed class LaneTraffic
{
    private readonly LaneDescription _lane;
    private readonly LaneRoute _route;
    private readonly long _seed;
    private readonly int _number;

    /// <param name="lane">The lane's traffic.</param>
    /// <param name="number">The lane's number within the scenario.</param>
    /// <param name="seed">Seed of the recording.</param>
    /// <param name="startM">First place that the fibre can feel, m.</param>
    /// <param name="endM">Last one, m.</param>
    /// <param name="offRoadM">How much of either end lies outside the section, m.</param>
    public LaneTraffic(LaneDescription lane, int number, long seed, double startM, double endM, double offRoadM)
    {
        _lane = lane;
        _number = number;
        _seed = seed;
        _route = new LaneRoute(lane, startM, endM, offRoadM);
        double transit = _route.LengthM / lane.SlowestMs;

        // Whole signal cycles; long against a passage, so that the pause at its end stays small beside it.
        CellSeconds = LaneRoute.CycleSeconds * Math.Max(4, Math.Ceiling(4 * transit / LaneRoute.CycleSeconds));
        LongestStaySeconds = transit + (3 * LaneRoute.CycleSeconds);
    }

    public double CellSeconds { get; }

    /// <summary>Upper bound of the time from a vehicle's entry to its end.</summary>
    public double LongestStaySeconds { get; }

    /// <summary>The vehicles that enter within a cell, in order of entry.</summary>
    public IReadOnlyList<SyntheticVehicle> Cell(long cell)
    {
        var random = new SeededRandom(_seed, _number, cell);
        var vehicles = new List<SyntheticVehicle>();
        double cellEnd = (cell + 1) * CellSeconds;
        double entry = (cell * CellSeconds) + random.Exponential(3600 / _lane.FlowPerHour / 2);
        Driver? leader = null;
        while (entry < cellEnd)
        {
            bool follows = leader is not null && random.NextDouble() < _lane.PlatoonShare;
            VehicleClass kind = DrawClass(ref random);
            (double length, Axle[] axles) = VehicleFleet.Draw(kind, ref random);
            double speed = random.TruncatedNormal(_lane.MeanSpeedMs, _lane.SpeedDeviationMs);
            bool turnsOff = random.NextDouble() < _lane.TurnOffShare;
            double turnAt = random.Uniform(0.3, 0.7);
            double gap = random.Exponential(3600 / _lane.FlowPerHour);
            if (leader is not null)
            {
                entry = leader.Entry + _lane.MinHeadwaySeconds + (follows ? 0 : gap);
            }

            Driver driver = Enter(entry, follows ? leader!.SpeedMs : speed, length, turnsOff ? turnAt : null, leader);
            Driver fastest = _route.Pass(cellEnd, _lane.FastestMs, 0);
            if (driver.Entry >= cellEnd || driver.Path.EndSeconds > (cell * CellSeconds) + CellSeconds + LongestStaySeconds
                || !_route.KeepsDistance(driver, fastest))
            {
                break;
            }

            vehicles.Add(new SyntheticVehicle(
                (cell * 1_000_000) + (vehicles.Count * 100) + _number, _lane.Direction, kind, length, _lane.OffsetM, axles, driver.Path, turnsOff));
            leader = driver;
            entry = driver.Entry;
        }

        return vehicles;
    }

    /// <summary>Lets the driver in as early as asked, or as much later as the one in front makes necessary.</summary>
    private Driver Enter(double entry, double speed, double length, double? turnAt, Driver? leader)
    {
        Driver driver = _route.Drive(entry, speed, length, turnAt, leader);
        while (leader is not null && !_route.KeepsDistance(leader, driver))
        {
            entry += 0.25;
            driver = _route.Drive(entry, speed, length, turnAt, leader);
        }

        return driver;
    }

    private VehicleClass DrawClass(ref SeededRandom random)
    {
        double draw = random.NextDouble();
        return draw < _lane.LargeShare ? VehicleClass.Large
            : draw < _lane.LargeShare + _lane.RailShare ? VehicleClass.Rail
            : VehicleClass.Small;
    }
}
