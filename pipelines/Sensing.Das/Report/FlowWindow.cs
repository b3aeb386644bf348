using Sensing.Das.Events;

namespace Sensing.Das.Report;

/// <summary>A window of the flow report and what has passed in it.</summary>
internal sealed class FlowWindow(int minutes, DateTimeOffset start, DateTimeOffset seenFrom)
{
    private readonly List<FlowPassage> _passages = [];

    public int Minutes => minutes;

    public DateTimeOffset Start => start;

    public DateTimeOffset End => start.AddMinutes(minutes);

    /// <summary>From when on the window was observed: later than its start where the stream began or was broken within it.</summary>
    public DateTimeOffset SeenFrom => seenFrom;

    public IReadOnlyList<FlowPassage> Passages => _passages;

    public void Add(FlowPassage passage) => _passages.Add(passage);

    /// <summary>The figures of one direction and class (null: all) for a window observed until <paramref name="seenUntil"/>.</summary>
    public TrafficFlow Of(TravelDirection direction, VehicleClass? kind, DateTimeOffset seenUntil)
    {
        FlowPassage[] passages = [.. _passages
            .Where(p => p.Direction == direction && (kind is null || p.Class == kind)).OrderBy(p => p.Ticks)];
        double seconds = Math.Max(1e-3, ((seenUntil < End ? seenUntil : End) - seenFrom).TotalSeconds);
        double[] speeds = [.. passages.Select(p => p.SpeedKmh).Order()];
        return new TrafficFlow
        {
            WindowMinutes = minutes,
            Direction = direction,
            Class = kind,
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
