using Sensing.Das.Events;
using Sensing.Events;

namespace Sensing.Dashboards.Tests.Traffic;

/// <summary>One vehicle of a <see cref="TrafficScript"/>: constant speed, over the whole section or a part of it.</summary>
public sealed record ScriptedVehicle(
    TravelDirection Direction, VehicleClass Class, double SpeedKmh, double StartM, double EndM, DateTimeOffset Reference, double Amplitude)
{
    public const double ReferenceM = 400;

    public DateTimeOffset Entered => At(StartM);

    public DateTimeOffset Left => At(EndM);

    public static ScriptedVehicle Draw(Random random, TravelDirection direction, DateTimeOffset reference)
    {
        bool isLarge = random.NextDouble() < 0.21;
        double gauss = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        double speed = Math.Round((isLarge ? 79 : 85) + (gauss * (isLarge ? 4 : 7)), 2);
        // One in twelve turns off before the end.
        double end = random.NextDouble() < 0.08 ? 560 : TrafficScript.LengthM;
        (double startM, double endM) = direction == TravelDirection.Increasing ? (0d, end) : (TrafficScript.LengthM, TrafficScript.LengthM - end);
        return new ScriptedVehicle(direction, isLarge ? VehicleClass.Large : VehicleClass.Small, speed, startM, endM, reference,
            (isLarge ? 5.5 : 2.6) * (0.8 + (0.4 * random.NextDouble())));
    }

    /// <summary>When the vehicle is at <paramref name="metres"/>.</summary>
    public DateTimeOffset At(double metres) => Reference.AddSeconds((metres - ReferenceM) / Velocity);

    public SensorEvent ToEvent(StreamAddress source) => DasEvents.Vehicle.Create(source, Reference, $"{Direction}", new VehiclePassage
    {
        Direction = Direction,
        SpeedKmh = SpeedKmh,
        SpeedStandardErrorKmh = Math.Round(0.2 + (SpeedKmh / 300), 2),
        Class = Class,
        ClassProbability = Class == VehicleClass.Large ? 0.93 : 0.97,
        ReferenceM = ReferenceM,
        StartM = StartM,
        EndM = EndM,
        Amplitude = Amplitude * 1e-6,
        Confidence = Math.Round(0.86 + (Amplitude / 60), 2),
        Track = [.. new[] { StartM, (StartM + EndM) / 2, EndM }.Select(m => new TrackPoint(Math.Round((m - ReferenceM) / Velocity, 3), m))],
    });

    /// <summary>Adds the vehicle's dipole to the rows of a tile: the fibre is pressed before it and released behind it.</summary>
    internal void Paint(double[] values, DateTimeOffset from)
    {
        for (int column = 0; column < TrafficScript.Columns; column++)
        {
            double metres = column * TrafficScript.StepM;
            if (metres < Math.Min(StartM, EndM) || metres > Math.Max(StartM, EndM))
            {
                continue;
            }

            double at = (At(metres) - from).TotalSeconds;
            int first = Math.Max(0, (int)((at - 2.5) / TrafficScript.RowSeconds));
            int last = Math.Min(TrafficScript.RowsPerTile - 1, (int)((at + 2.5) / TrafficScript.RowSeconds));
            double coupling = 0.75 + (0.25 * Math.Sin(column * 0.9));
            for (int row = first; row <= last; row++)
            {
                double t = ((row * TrafficScript.RowSeconds) - at) / 0.55;
                values[(row * TrafficScript.Columns) + column] += Amplitude * coupling * t * Math.Exp(0.5 - (0.5 * t * t));
            }
        }
    }

    private double Velocity => SpeedKmh / 3.6 * (Direction == TravelDirection.Increasing ? 1 : -1);
}
