using Sensing.Marine.Ais;
using Sensing.Marine.Geodesy;

namespace Sensing.Marine.Navigation;

/// <summary>What a line said, in SI units; filled again by the next. Null: the sentence does not say.</summary>
internal sealed class NavigationReading
{
    public DateTimeOffset Time { get; set; }

    public ReadingKind Kind { get; set; }

    /// <summary>The message; with <see cref="ReadingKind.Ais"/> alone.</summary>
    public AisMessage Message { get; set; } = null!;

    public GeoPosition Position { get; set; }

    public double? SpeedMs { get; set; }

    public double? CourseDeg { get; set; }

    public double? HeadingDeg { get; set; }

    public double? TurnDegMin { get; set; }

    /// <summary>Number of a radar target, or MMSI of a command.</summary>
    public int Target { get; set; }

    public double RangeM { get; set; }

    /// <summary>Of a radar target; true, or from own bow where <see cref="IsRelative"/> is set.</summary>
    public double BearingDeg { get; set; }

    public bool IsRelative { get; set; }

    /// <summary>The radar has lost it.</summary>
    public bool IsLost { get; set; }

    public TargetCommand Command { get; set; }

    public void Clear(DateTimeOffset time)
    {
        (Time, Kind, SpeedMs, CourseDeg, HeadingDeg, TurnDegMin) = (time, ReadingKind.Nothing, null, null, null, null);
        (IsRelative, IsLost) = (false, false);
    }
}
