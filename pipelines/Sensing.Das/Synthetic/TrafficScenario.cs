using Sensing.Das.Events;

namespace Sensing.Das.Synthetic;

/// <summary>The traffic of a synthetic recording, by name.</summary>
/// <remarks>Flow, mean speed and the share of large vehicles are those that Truong et al. (arXiv 2410.16278) saw on the
/// Åstfjord bridge: 85–145 vehicles an hour, 82–87 km/h, 71 large of 342.</remarks>
internal sealed record TrafficScenario
{
    public required string Name { get; init; }

    public required string Summary { get; init; }

    public required IReadOnlyList<LaneDescription> Lanes { get; init; }

    /// <summary>Share of channels that carry no signal.</summary>
    public double DeadShare { get; init; }

    private static LaneDescription Near { get; } = new() { Direction = TravelDirection.Increasing };

    private static LaneDescription Far { get; } = new() { Direction = TravelDirection.Decreasing, OffsetM = 6 };

    /// <summary>Every scenario, in the order in which documentation names them.</summary>
    public static IReadOnlyList<TrafficScenario> All { get; } =
    [
        new() { Name = "free_flow", Summary = "one lane, 140 vehicles/h at 80 ± 8 km/h", Lanes = [Near] },
        new() { Name = "opposing", Summary = "two lanes, one each way, whose vehicles cross", Lanes = [Near, Far] },
        new()
        {
            Name = "platoon",
            Summary = "one lane, four of five vehicles 1.5 s behind the one in front",
            Lanes = [Near with { FlowPerHour = 400, MinHeadwaySeconds = 1.5, PlatoonShare = 0.8, LargeShare = 0.15 }],
        },
        new()
        {
            Name = "stop_go",
            Summary = "one lane at 50 km/h with a signal at 60 % of the section: queues, starts, some turn off",
            Lanes =
            [
                Near with
                {
                    FlowPerHour = 300, MeanSpeedMs = 50 / 3.6, SpeedDeviationMs = 4 / 3.6, MinHeadwaySeconds = 2,
                    LargeShare = 0.12, TurnOffShare = 0.08, StopLineShare = 0.6,
                },
            ],
        },
        new() { Name = "dead_channels", Summary = "free_flow with 10 % dead channels", Lanes = [Near], DeadShare = 0.1 },
        new()
        {
            Name = "mixed",
            Summary = "two lanes, one each way, with platoons, turn-offs and 3 % dead channels",
            Lanes =
            [
                Near with { FlowPerHour = 180, MinHeadwaySeconds = 1.5, PlatoonShare = 0.2, TurnOffShare = 0.04 },
                Far with { FlowPerHour = 160, MinHeadwaySeconds = 1.5, PlatoonShare = 0.2 },
            ],
            DeadShare = 0.03,
        },
        new() { Name = "quiet", Summary = "an empty road: noise alone", Lanes = [] },
    ];

    /// <exception cref="ArgumentException">There is no such scenario.</exception>
    public static TrafficScenario Of(string name) => All.FirstOrDefault(s => s.Name == name)
        ?? throw new ArgumentException($"There is no scenario '{name}' (known: {string.Join(", ", All.Select(s => s.Name))}).", nameof(name));
}
