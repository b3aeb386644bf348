using Sensing.Das.Events;
using Sensing.Events;

namespace Sensing.Dashboards.Tests.Traffic;

/// <summary>A day and night on one fibre: vehicles as slanted lines in tiles, with the matching tracks, flow reports and hourly
/// profiles. Seeded; asking for the same time twice gives the same events.</summary>
public sealed class TrafficScript
{
    public const double LengthM = 800;
    public const double StepM = 8;
    public const int Columns = 101;
    public const int RowsPerTile = 40;
    public const double RowSeconds = 0.125;
    private const double Scale = 0.06;
    private const int DeadColumn = 61;

    private readonly int _seed;
    private readonly List<ScriptedVehicle> _vehicles = [];

    /// <param name="source">The stream.</param>
    /// <param name="from">First arrival.</param>
    /// <param name="to">Last arrival.</param>
    /// <param name="seed">Same seed, same traffic.</param>
    public TrafficScript(StreamAddress source, DateTimeOffset from, DateTimeOffset to, int seed = 1)
    {
        Source = source;
        From = from;
        To = to;
        _seed = seed;
        var random = new Random(seed);
        foreach (TravelDirection direction in Enum.GetValues<TravelDirection>())
        {
            for (DateTimeOffset t = from; ;)
            {
                // Poisson arrivals whose rate follows the hour of the day, closer than 1.5 s never.
                double perHour = 40 + (130 * DayShape(t.TimeOfDay.TotalHours, direction));
                t += TimeSpan.FromSeconds(1.5 - (Math.Log(1 - random.NextDouble()) * 3600 / perHour));
                if (t >= to)
                {
                    break;
                }

                _vehicles.Add(ScriptedVehicle.Draw(random, direction, t));
            }
        }

        _vehicles.Sort((a, b) => a.Reference.CompareTo(b.Reference));
    }

    public StreamAddress Source { get; }

    public DateTimeOffset From { get; }

    public DateTimeOffset To { get; }

    public IReadOnlyList<ScriptedVehicle> Vehicles => _vehicles;

    /// <summary>Vehicles that have left the section within [from, to).</summary>
    public IEnumerable<SensorEvent> VehicleEvents(DateTimeOffset from, DateTimeOffset to) =>
        _vehicles.Where(v => v.Left >= from && v.Left < to).Select(v => v.ToEvent(Source));

    /// <summary>Tiles that begin within [from, to); tiles begin at whole multiples of their length.</summary>
    public IEnumerable<SensorEvent> Tiles(DateTimeOffset from, DateTimeOffset to)
    {
        long length = TimeSpan.FromSeconds(RowsPerTile * RowSeconds).Ticks;
        for (long ticks = (from.UtcTicks + length - 1) / length * length; ticks < to.UtcTicks; ticks += length)
        {
            yield return Tile(new DateTimeOffset(ticks, TimeSpan.Zero));
        }
    }

    /// <summary>Reports of the windows that end within (from, to].</summary>
    public IEnumerable<SensorEvent> Flows(DateTimeOffset from, DateTimeOffset to)
    {
        foreach (int minutes in new[] { 1, 5, 15, 60 })
        {
            long length = TimeSpan.FromMinutes(minutes).Ticks;
            for (long ticks = ((from.UtcTicks / length) + 1) * length; ticks <= to.UtcTicks; ticks += length)
            {
                var end = new DateTimeOffset(ticks, TimeSpan.Zero);
                foreach (TravelDirection direction in Enum.GetValues<TravelDirection>())
                {
                    foreach (VehicleClass? name in new VehicleClass?[] { null, VehicleClass.Small, VehicleClass.Large })
                    {
                        yield return Flow(end, minutes, direction, name);
                    }
                }
            }
        }
    }

    /// <summary>Hourly profiles of the hours that end within (from, to].</summary>
    public IEnumerable<SensorEvent> Profiles(DateTimeOffset from, DateTimeOffset to)
    {
        long hour = TimeSpan.TicksPerHour;
        for (long ticks = ((from.UtcTicks / hour) + 1) * hour; ticks <= to.UtcTicks; ticks += hour)
        {
            var end = new DateTimeOffset(ticks, TimeSpan.Zero);
            foreach (TravelDirection direction in Enum.GetValues<TravelDirection>())
            {
                int count = Within(end.AddHours(-1), end, direction, null).Length;
                double usual = 38 + (128 * DayShape(end.AddMinutes(-30).TimeOfDay.TotalHours, direction));
                yield return DasEvents.Profile.Create(Source, end, $"{direction}", new DayProfile
                {
                    Hour = end.AddHours(-1).Hour,
                    Direction = direction,
                    Count = count,
                    UsualCount = Math.Round(usual, 1),
                    Deviation = Math.Round((count - usual) / Math.Sqrt(usual), 2),
                    Days = 9,
                });
            }
        }
    }

    private static double DayShape(double hour, TravelDirection direction)
    {
        double rush = direction == TravelDirection.Increasing ? 7.5 : 16.2;
        double Bump(double at, double width) => Math.Exp(-Math.Pow((hour - at) / width, 2));
        return Math.Min(1, (0.75 * Bump(rush, 1.6)) + (0.55 * Bump(13, 4.5)) + 0.05);
    }

    private ScriptedVehicle[] Within(DateTimeOffset from, DateTimeOffset to, TravelDirection direction, VehicleClass? name) =>
        [.. _vehicles.Where(v => v.Reference >= from && v.Reference < to && v.Direction == direction && (name is null || v.Class == name))];

    private SensorEvent Flow(DateTimeOffset end, int minutes, TravelDirection direction, VehicleClass? name)
    {
        ScriptedVehicle[] vehicles = Within(end.AddMinutes(-minutes), end, direction, name);
        double[] speeds = [.. vehicles.Select(v => v.SpeedKmh).Order()];
        return DasEvents.Flow.Create(Source, end, $"{minutes}/{direction}/{name}", new TrafficFlow
        {
            WindowMinutes = minutes,
            Direction = direction,
            Class = name,
            Count = vehicles.Length,
            FlowPerHour = vehicles.Length * 60.0 / minutes,
            MeanSpeedKmh = speeds.Length > 0 ? Math.Round(speeds.Average(), 2) : null,
            Percentile85SpeedKmh = speeds.Length > 0 ? speeds[(int)(0.85 * (speeds.Length - 1))] : null,
            MeanHeadwaySeconds = speeds.Length > 1
                ? Math.Round((vehicles[^1].Reference - vehicles[0].Reference).TotalSeconds / (speeds.Length - 1), 2)
                : null,
            Occupancy = Math.Min(1, vehicles.Sum(v => 5 / (v.SpeedKmh / 3.6)) / (minutes * 60)),
        });
    }

    private SensorEvent Tile(DateTimeOffset from)
    {
        var random = new Random(HashCode.Combine(_seed, (int)(from.ToUnixTimeSeconds() & int.MaxValue)));
        double seconds = RowsPerTile * RowSeconds;
        var values = new double[RowsPerTile * Columns];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = 0.45 * (random.NextDouble() + random.NextDouble() - 1);
        }

        foreach (ScriptedVehicle vehicle in _vehicles.Where(v => v.Entered < from.AddSeconds(seconds + 3) && v.Left > from.AddSeconds(-3)))
        {
            vehicle.Paint(values, from);
        }

        var levels = new byte[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            levels[i] = i % Columns == DeadColumn ? unchecked((byte)-128) : unchecked((byte)(sbyte)Math.Clamp(Math.Round(values[i] / Scale), -127, 127));
        }

        return DasEvents.Waterfall.Create(Source, from, "", new WaterfallTile
        {
            Rows = RowsPerTile,
            Columns = Columns,
            StepSeconds = RowSeconds,
            FirstM = 0,
            StepM = StepM,
            Scale = Scale,
            Unit = "1",
            Levels = Convert.ToBase64String(levels),
        });
    }
}
