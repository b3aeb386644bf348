using System.ComponentModel;

namespace Sensing.Das.Events;

/// <summary>Payload of <c>sensing.das.profile.v1</c>: one hour against the usual one. The event's time is the hour's end.</summary>
public sealed record DayProfile
{
    [Description("Hour of the day, UTC, 0 to 23.")]
    public required int Hour { get; init; }

    [Description("Which way along the fibre.")]
    public required TravelDirection Direction { get; init; }

    [Description("Vehicles in this hour.")]
    public required int Count { get; init; }

    [Description("Mean count of this hour of the day over the days before; absent on the first day.")]
    public double? UsualCount { get; init; }

    [Description("Deviation from the usual count in standard deviations; absent before two days.")]
    public double? Deviation { get; init; }

    [Description("Days that the usual count stands on.")]
    public required int Days { get; init; }
}
