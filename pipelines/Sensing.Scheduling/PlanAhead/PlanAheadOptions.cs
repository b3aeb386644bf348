namespace Sensing.Scheduling.PlanAhead;

/// <summary>The settings of <see cref="PlanAheadPolicy"/>; the defaults were tuned on seeds among 0 to 99.</summary>
public sealed record PlanAheadOptions
{
    public static PlanAheadOptions Default { get; } = new();

    /// <summary>How far ahead the edge is planned, µs (default: 1.2 s).</summary>
    public long Horizon { get; init; } = 1_200_000;

    /// <summary>Plans kept at each step of the search (default: 8).</summary>
    public int BeamWidth { get; init; } = 8;

    /// <summary>Weight of a QoE bonus against utility (default: 0, utility alone).</summary>
    public double QoeWeight { get; init; }

    /// <summary>The windows that bonuses are paid for.</summary>
    public QoeOptions Qoe { get; init; } = QoeOptions.Default;

    /// <summary>Between tries of a cloud that is believed to be away or too slow for every type, µs (default: 1 s).</summary>
    public long ProbePeriod { get; init; } = 1_000_000;

    /// <summary>Over which the price of edge time is averaged, µs (default: 10 s).</summary>
    public long PriceMemory { get; init; } = 10_000_000;

    /// <summary>Fewest standard deviations of edge time before the deadline at which a task is still planned (default: 1).</summary>
    public double EdgeMargin { get; init; } = 1;

    /// <summary>Share of the price that is charged for time within the horizon where arrivals are not foreseen (default: 0.5).</summary>
    /// <remarks>Less than the whole: a task that arrives while another runs can often wait for its end.</remarks>
    public double UnforeseenWeight { get; init; } = 0.5;
}
