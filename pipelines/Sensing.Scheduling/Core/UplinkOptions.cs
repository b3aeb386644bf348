namespace Sensing.Scheduling;

/// <summary>The link that all cloud calls of an edge share, first come, first served.</summary>
/// <remarks>The time on the link comes on top of a type's cloud time. Without an uplink, cloud times include the transfer.</remarks>
public sealed record UplinkOptions
{
    /// <summary>Rate, Mbit/s (default: 12).</summary>
    public double Megabits { get; init; } = 12;

    /// <summary>Size of a segment, kB (default: 100).</summary>
    public double SegmentKilobytes { get; init; } = 100;

    /// <summary>Whether each call uploads its segment anew (default: one upload of a segment serves all its calls).</summary>
    public bool UploadPerCall { get; init; }

    /// <summary>Time of one upload on an idle link, µs.</summary>
    public long UploadTime => (long)(SegmentKilobytes * 8000 / Megabits);
}
