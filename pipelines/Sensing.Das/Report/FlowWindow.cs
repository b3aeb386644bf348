using Sensing.Das.Events;

namespace Sensing.Das.Report;

/// <summary>A window of the flow report and what has passed in it.</summary>
internal sealed class FlowWindow(int minutes, DateTimeOffset start, TimeSpan covered = default)
{
    private readonly List<FlowPassage> _passages = [];

    public int Minutes => minutes;

    public DateTimeOffset Start => start;

    public DateTimeOffset End => start.AddMinutes(minutes);

    /// <summary>How much of the window was observed: less than it is long where the stream began within it or samples are missing.</summary>
    public TimeSpan Covered { get; private set; } = covered;

    /// <summary>Whether all of it was observed, but for what a break between two blocks hides.</summary>
    public bool IsWhole => Covered >= (End - start) - TimeSpan.FromSeconds(1);

    public IReadOnlyList<FlowPassage> Passages => _passages;

    /// <summary>The stream was observed from one time to another.</summary>
    public void See(DateTimeOffset from, DateTimeOffset to)
    {
        TimeSpan seen = (to < End ? to : End) - (from > start ? from : start);
        Covered += seen > TimeSpan.Zero ? seen : TimeSpan.Zero;
        Covered = Covered < End - start ? Covered : End - start;
    }

    public void Add(FlowPassage passage) => _passages.Add(passage);

    /// <summary>The figures of one direction and class (null: all).</summary>
    public TrafficFlow Of(TravelDirection direction, VehicleClass? kind)
    {
        FlowPassage[] passages = [.. _passages
            .Where(p => p.Direction == direction && (kind is null || p.Class == kind)).OrderBy(p => p.Ticks)];
        double seconds = Math.Max(1, Covered.TotalSeconds);
        double[] speeds = [.. passages.Select(p => p.SpeedKmh).Order()];
        return new TrafficFlow
        {
            WindowMinutes = minutes,
            Direction = direction,
            Class = kind,
            CoveredSeconds = Round(Covered.TotalSeconds),
            Count = passages.Length,
            FlowPerHour = Round(passages.Length * 3600 / seconds),
            MeanSpeedKmh = speeds.Length > 0 ? Round(speeds.Average()) : null,
            Percentile85SpeedKmh = speeds.Length > 0 ? Round(Quantile(speeds, 0.85)) : null,
            MeanHeadwaySeconds = passages.Length > 1
                ? Round((passages[^1].Ticks - passages[0].Ticks) / (double)TimeSpan.TicksPerSecond / (passages.Length - 1))
                : null,
            Occupancy = Math.Round(Math.Min(1, passages.Sum(p => p.AlongsideSeconds) / seconds), 4),
        };
    }

    /// <summary>Quantile of sorted values, interpolated linearly (Hyndman and Fan, 1996, type 7).</summary>
    internal static double Quantile(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = Math.Min((int)place, Math.Max(0, sorted.Length - 2));
        return sorted.Length == 1 ? sorted[0] : sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below]));
    }

    private static double Round(double value) => Math.Round(value, 2, MidpointRounding.AwayFromZero);
}
