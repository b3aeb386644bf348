using Sensing.Marine.Geodesy;

namespace Sensing.Marine.Vessels;

/// <summary>Optional values and vessels in a saved state.</summary>
internal static class VesselStateStream
{
    public static void WriteOptional(this BinaryWriter state, double? value) => state.Write(value ?? double.NaN);

    public static double? ReadOptional(this BinaryReader state) => state.ReadDouble() is var value && double.IsNaN(value) ? null : value;

    public static void WriteOptional(this BinaryWriter state, DateTimeOffset? time) => state.Write(time?.UtcTicks ?? -1);

    public static DateTimeOffset? ReadOptionalTime(this BinaryReader state) =>
        state.ReadInt64() is >= 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    public static void Write(this BinaryWriter state, in VesselState vessel)
    {
        state.WriteOptional(vessel.Position?.LatitudeDeg);
        state.WriteOptional(vessel.Position?.LongitudeDeg);
        state.WriteOptional(vessel.CourseDeg);
        state.WriteOptional(vessel.SpeedMs);
        state.WriteOptional(vessel.HeadingDeg);
        state.WriteOptional(vessel.TurnDegMin);
        state.Write(vessel.Status);
    }

    public static VesselState ReadVessel(this BinaryReader state)
    {
        double? lat = state.ReadOptional(), lon = state.ReadOptional();
        return new VesselState
        {
            Position = lat is { } north && lon is { } east ? new GeoPosition(north, east) : null,
            CourseDeg = state.ReadOptional(),
            SpeedMs = state.ReadOptional(),
            HeadingDeg = state.ReadOptional(),
            TurnDegMin = state.ReadOptional(),
            Status = state.ReadInt32(),
        };
    }
}
