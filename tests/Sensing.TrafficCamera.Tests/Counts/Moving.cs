using Sensing.TrafficCamera.Setup;
using Sensing.TrafficCamera.Tracks;

namespace Sensing.TrafficCamera.Tests.Counts;

/// <summary>Vehicles as a tracker yields them.</summary>
internal static class Moving
{
    public static readonly DateTimeOffset Start = new(2026, 5, 7, 6, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset At(double seconds) => Start.AddTicks((long)(seconds * TimeSpan.TicksPerSecond));

    /// <summary>A car whose middle is at a place.</summary>
    public static Vehicle Car(
        long id, double across, double middle, double speed, bool confirmed = true, bool seen = true, int lane = 1,
        VehicleClass kind = VehicleClass.Car)
    {
        VehicleSize size = VehicleSize.Of(kind);
        return new Vehicle(
            id, new RoadPoint(across, middle - (size.LengthM / 2)), 0, speed, 0.2, size, kind, lane, confirmed, seen, Start, default);
    }
}
