using Sensing.TrafficCamera.Events;
using Sensing.TrafficCamera.Tracks;

namespace Sensing.TrafficCamera.Report;

/// <summary>Level of service and degree of congestion.</summary>
public static class LevelOfService
{
    private const double KmPerMile = 1.609344;

    /// <summary>Share of a lane's area that a standing queue covers: a car of 1.8 × 4.5 m each 7 m of a lane of
    /// 3.5 m.</summary>
    private const double JamIndex = 1.8 * 4.5 / (7 * 3.5);

    /// <summary>The level of service by density.</summary>
    /// <param name="carsPerKmLane">Passenger-car equivalents per kilometre and lane.</param>
    /// <remarks>Transportation Research Board, Highway Capacity Manual, 6th edition (2016), Exhibit 12-15, basic
    /// freeway and multilane highway segments: 11, 18, 26, 35 and 45 passenger cars per mile and lane are the upper
    /// bounds of A to E.</remarks>
    public static ServiceLevel Of(double carsPerKmLane) => (carsPerKmLane * KmPerMile) switch
    {
        <= 11 => ServiceLevel.A,
        <= 18 => ServiceLevel.B,
        <= 26 => ServiceLevel.C,
        <= 35 => ServiceLevel.D,
        <= 45 => ServiceLevel.E,
        _ => ServiceLevel.F,
    };

    /// <summary>Passenger cars that a vehicle stands for: 2 for a heavy vehicle on level terrain (the same manual,
    /// Exhibit 12-25).</summary>
    public static double CarEquivalents(VehicleClass kind) => kind is VehicleClass.Truck or VehicleClass.Bus ? 2 : 1;

    /// <summary>The degree of congestion.</summary>
    /// <param name="index">Occupied share of the road's area.</param>
    /// <param name="speedShare">Mean speed over free speed; null where it is not known or nothing is on the
    /// road.</param>
    /// <remarks>Neither figure suffices: a slow vehicle on an empty road is no congestion, and a full road that moves
    /// at the limit is none. The bounds of the speed are those of the manual's levels of service for urban streets
    /// (Exhibit 16-3: D ends at 40 %, F begins at 30 % of the free speed). Without a speed the area
    /// alone decides: drivers keep a second at least, so that at 40, 60 and 80 % of the jam density (17.5, 11.7 and 8.8 m
    /// for a car of 4.5 m) they drive at most 47, 26 and 15 km/h.</remarks>
    public static CongestionLevel Congestion(double index, double? speedShare)
    {
        double full = index / JamIndex;
        return speedShare switch
        {
            null => full >= 0.8 ? CongestionLevel.Jammed : full >= 0.6 ? CongestionLevel.Congested
                : full >= 0.4 ? CongestionLevel.Slow : CongestionLevel.Free,
            < 0.1 when full >= 0.4 => CongestionLevel.Jammed,
            < 0.35 when full >= 0.2 => CongestionLevel.Congested,
            < 0.75 when full >= 0.12 => CongestionLevel.Slow,
            _ when full >= 0.8 => CongestionLevel.Slow,
            _ => CongestionLevel.Free,
        };
    }
}
