using System.ComponentModel;

namespace Sensing.Das.Events;

/// <summary>A point of a vehicle's track.</summary>
public sealed record TrackPoint(
    [property: Description("Seconds after the event's time; negative before it.")] double OffsetSeconds,
    [property: Description("Distance along the fibre, m.")] double DistanceM);
