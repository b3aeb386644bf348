using Sensing.Marine.Vessels;

namespace Sensing.Marine.Report;

/// <summary>Numbers as payloads carry them: no more digits than they are worth.</summary>
internal static class Rounding
{
    public static double? Round(double? value, int digits) =>
        value is { } number && double.IsFinite(number) ? Math.Round(number, digits, MidpointRounding.AwayFromZero) : null;

    public static double? Knots(double? metresPerSecond) => Round(metresPerSecond / VesselState.MakesWayMs, 2);

    /// <summary>0 to below 360.</summary>
    public static double? Degrees(double? degrees) => Round(degrees, 1) is { } rounded ? rounded >= 360 ? 0 : rounded : null;
}
