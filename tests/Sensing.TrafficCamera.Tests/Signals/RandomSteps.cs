using System.Text;
using Sensing.TrafficCamera.Signals;

namespace Sensing.TrafficCamera.Tests.Signals;

/// <summary>Feeds a random junction with random readings: garbage, jumps of the clock, emergency vehicles, restarts.</summary>
public static class RandomSteps
{
    private static readonly double[] Garbage = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -1, 1e300, double.MaxValue, double.Epsilon];

    /// <summary>Runs so many steps on one junction.</summary>
    public static SignalMonitor Run(int seed, int steps)
    {
        var random = new Random(seed);
        JunctionOptions options = RandomJunction.Make(random);
        var monitor = new SignalMonitor(options);
        var controller = new SignalController(options);
        DateTimeOffset time = DateTimeOffset.UnixEpoch.AddSeconds(random.NextInt64(4_000_000_000));

        // Some runs are calm, so that the rules decide, some are not, so that everything else does.
        double wild = random.Next(3) switch { 0 => 0, 1 => 0.002, _ => 0.1 };
        for (int step = 0; step < steps; step++)
        {
            time = Next(random, time, wild);
            controller.Accept(Reading(random, options, time, wild));
            monitor.Begin(time);
            controller.Advance(time, monitor.Seen);
            monitor.End(controller);
            if (random.NextDouble() < wild / 20)
            {
                controller = Restarted(controller, options);
            }
        }

        return monitor;
    }

    private static DateTimeOffset Next(Random random, DateTimeOffset time, double wild)
    {
        if (random.NextDouble() >= wild)
        {
            return time.AddSeconds(random.Next(4) switch { 0 => 1, 1 => 0, 2 => 0.25, _ => random.NextDouble() * 2 });
        }

        return random.Next(6) switch
        {
            0 => time.AddSeconds(-random.NextDouble() * 5),
            1 => time.AddSeconds(random.NextDouble() * 12),
            2 => new DateTimeOffset(random.NextInt64(DateTimeOffset.MinValue.Ticks, DateTimeOffset.MaxValue.Ticks - (TimeSpan.TicksPerDay * 400)), TimeSpan.Zero),
            3 => DateTimeOffset.MinValue.AddDays(1),
            _ => DateTimeOffset.UnixEpoch.AddSeconds(random.NextInt64(4_000_000_000)),
        };
    }

    private static ApproachReading Reading(Random random, JunctionOptions options, DateTimeOffset time, double wild)
    {
        double? Value(double most) => random.NextDouble() < wild ? random.Next(4) == 0 ? null : Garbage[random.Next(Garbage.Length)]
            : Math.Floor(random.NextDouble() * most);
        return new ApproachReading
        {
            Time = time,
            Approach = random.NextDouble() < wild ? "elsewhere" : options.Approaches[random.Next(options.Approaches.Length)].Name,
            Quality = random.NextDouble() < wild ? Value(2) ?? 0 : 1,
            Lanes = [.. Enumerable.Range(0, 3).Where(_ => random.NextDouble() >= wild).Select(lane => new LaneReading
            {
                Lane = lane,
                Count = Value(9),
                Queue = Value(6),
                QueueM = Value(50),
                Index = Value(2),
                DensityPerKm = Value(100),
                MeanSpeedKmh = Value(50),
                Passed = Value(2),
                Clearing = Value(2),
            })],
            Emergencies = random.NextDouble() >= wild / 4 ? [] : [new EmergencyCall
            {
                Lane = random.Next(3) == 0 ? null : random.Next(-5, 9),
                Confidence = Value(2) ?? 1,
                ExpectedArrival = random.Next(4) switch
                {
                    0 => null,
                    1 => DateTimeOffset.MinValue,
                    2 => DateTimeOffset.MaxValue,
                    _ => time.AddSeconds(random.NextDouble() * 30),
                },
            }],
        };
    }

    private static SignalController Restarted(SignalController controller, JunctionOptions options)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            controller.Save(writer);
        }

        stream.Position = 0;
        using var reader = new BinaryReader(stream);
        var restarted = new SignalController(options);
        restarted.Load(reader);
        return restarted;
    }
}
