using Sensing.Marine.Vessels;

namespace Sensing.Marine.Targets;

/// <summary>Own ship and what is about it at one time; filled again by the next.</summary>
internal sealed class Picture
{
    public DateTimeOffset Time { get; set; }

    public VesselState Own { get; set; }

    /// <summary>0: unknown.</summary>
    public int OwnMmsi { get; set; }

    /// <summary>Error of own position, m.</summary>
    public double OwnErrorM { get; set; }

    /// <summary>In the order of their keys.</summary>
    public IReadOnlyList<Target> Targets { get; set; } = [];

    /// <summary>Targets whose state has changed since the last picture, the removed ones included.</summary>
    public IReadOnlyList<Target> Changed { get; set; } = [];
}
