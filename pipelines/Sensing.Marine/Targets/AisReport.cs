using Sensing.Marine.Ais;
using Sensing.Marine.Geodesy;
using Sensing.Marine.Vessels;

namespace Sensing.Marine.Targets;

/// <summary>The transmitted integers of a position report as a vessel's state. Numbers that stand for "not available" are null.</summary>
internal static class AisReport
{
    private const double KnotMs = VesselState.MakesWayMs;

    /// <summary>Whether a message of this type has a position.</summary>
    public static bool HasPosition(AisMessage m) => m.Type is >= 1 and <= 4 or 9 or 11 or 18 or 19 or 21 or 27;

    /// <summary>Whether a position is there, and lies on the Earth.</summary>
    public static bool IsPossible(AisMessage m) => Place(m) is var place && Math.Abs(place.LatitudeDeg) <= 90 && Math.Abs(place.LongitudeDeg) <= 180;

    /// <summary>The state.</summary>
    /// <param name="m">A message with a position.</param>
    /// <param name="status">The status where the message has none.</param>
    public static VesselState StateOf(AisMessage m, int status) => m.Type switch
    {
        1 or 2 or 3 => new VesselState
        {
            Position = Position(m),
            SpeedMs = m.Speed == 1023 ? null : m.Speed * 0.1 * KnotMs,
            CourseDeg = m.Course < 3600 ? m.Course * 0.1 : null,
            HeadingDeg = m.Heading < 360 ? m.Heading : null,
            TurnDegMin = Turn(m.Turn),
            Status = m.Status,
        },
        18 or 19 => new VesselState
        {
            Position = Position(m),
            SpeedMs = m.Speed == 1023 ? null : m.Speed * 0.1 * KnotMs,
            CourseDeg = m.Course < 3600 ? m.Course * 0.1 : null,
            HeadingDeg = m.Heading < 360 ? m.Heading : null,
            Status = status,
        },
        9 => new VesselState
        {
            Position = Position(m),
            SpeedMs = m.Speed == 1023 ? null : m.Speed * KnotMs,
            CourseDeg = m.Course < 3600 ? m.Course * 0.1 : null,
            Status = status,
        },
        27 => new VesselState
        {
            Position = Position(m),
            SpeedMs = m.Speed == 63 ? null : m.Speed * KnotMs,
            CourseDeg = m.Course < 360 ? m.Course : null,
            Status = m.Status,
        },

        // Base stations and aids stand still, or drift about their place.
        _ => new VesselState { Position = Position(m), SpeedMs = 0, Status = status },
    };

    private static GeoPosition? Position(AisMessage m) => IsPossible(m) ? Place(m) : null;

    private static GeoPosition Place(AisMessage m)
    {
        double unit = m.Type == 27 ? 600 : 600_000;
        return new GeoPosition(m.Lat / unit, m.Lon / unit);
    }

    /// <summary>ITU-R M.1371-5, table 46: 4.733 times the root of °/min. Beyond 126 the direction alone is known.</summary>
    private static double? Turn(int turn) => Math.Abs(turn) > 126 ? null : Math.Sign(turn) * Math.Pow(turn / 4.733, 2);
}
