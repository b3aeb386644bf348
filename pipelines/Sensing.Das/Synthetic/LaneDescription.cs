using Sensing.Das.Events;

namespace Sensing.Das.Synthetic;

/// <summary>One lane's traffic in a scenario.</summary>
internal sealed record LaneDescription
{
    public required TravelDirection Direction { get; init; }

    /// <summary>Distance of the lane to the side of the fibre, m.</summary>
    public double OffsetM { get; init; } = 3;

    /// <summary>Vehicles that want to enter, per hour.</summary>
    public double FlowPerHour { get; init; } = 140;

    public double MeanSpeedMs { get; init; } = 80 / 3.6;

    /// <summary>Standard deviation of the speed (normal, cut at two of them), m/s.</summary>
    public double SpeedDeviationMs { get; init; } = 8 / 3.6;

    /// <summary>Least time between the fronts of two vehicles at the entry, s.</summary>
    public double MinHeadwaySeconds { get; init; } = 3;

    /// <summary>Share of vehicles that follow the one in front, at its speed, after exactly <see cref="MinHeadwaySeconds"/>.</summary>
    public double PlatoonShare { get; init; }

    /// <summary>Share of trucks and buses.</summary>
    public double LargeShare { get; init; } = 0.21;

    /// <summary>Share of rail vehicles.</summary>
    public double RailShare { get; init; }

    /// <summary>Share of vehicles that turn off within the section.</summary>
    public double TurnOffShare { get; init; }

    /// <summary>Share of the section that lies before a signal's stop line; null without a signal.</summary>
    public double? StopLineShare { get; init; }

    /// <summary>Fastest speed that is drawn.</summary>
    public double FastestMs => MeanSpeedMs + (2 * SpeedDeviationMs);

    public double SlowestMs => MeanSpeedMs - (2 * SpeedDeviationMs);
}
