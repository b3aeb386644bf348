using System.Diagnostics;
using Sensing.Testing;
using Sensing.Testing.Delivery;

namespace Sensing.Benchmarks.Delivery;

/// <summary>The bridge's memory while it is kept busy for minutes: events are published as fast as it acknowledges them.</summary>
public static class BridgeSoak
{
    /// <summary>Events that wait at Mosquitto at most, so that there is always work and never a backlog that grows.</summary>
    private const int Ahead = 20_000;

    private const int Part = 500;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>What a soak found.</summary>
    /// <param name="Start">Resident memory after the warm-up, MB (10⁶ bytes).</param>
    /// <param name="End">At the end.</param>
    /// <param name="Highest">The highest of all looks after the warm-up.</param>
    /// <param name="PerSecond">Events a second, warm-up left out.</param>
    /// <param name="Seconds">Length, warm-up left out.</param>
    public sealed record Result(double Start, double End, double Highest, double PerSecond, double Seconds);

    /// <param name="kafka">Where the bridge writes.</param>
    /// <param name="packets">Published over and over.</param>
    /// <param name="length">How long, after a warm-up of a fifth of it and at most a minute.</param>
    /// <param name="inFlight">What Mosquitto sends to the bridge ahead of acknowledgements.</param>
    /// <param name="output">A line ten times.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<Result> RunAsync(KafkaBroker kafka, PublishPackets packets, TimeSpan length, int inFlight, TextWriter output, CancellationToken cancellation)
    {
        await using SpeedRig rig = await SpeedRig.StartAsync(kafka, inFlight, sink: false, cancellation);
        await using PacketPublisher publisher = await rig.PublisherAsync(cancellation);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var room = new SemaphoreSlim(Ahead / Part);
        Task publishing = PublishAsync(publisher, packets, room, end.Token);
        try
        {
            long acknowledged = 0;
            long freed = 0;
            async Task RunUntilAsync(Stopwatch watch, TimeSpan until)
            {
                while (watch.Elapsed < until)
                {
                    if (publishing.IsCompleted)
                    {
                        await publishing;
                    }

                    await Task.Delay(Look, TimeProvider.System, cancellation);
                    acknowledged = await rig.AcknowledgedAsync(cancellation);
                    if (acknowledged / Part > freed)
                    {
                        room.Release((int)((acknowledged / Part) - freed));
                        freed = acknowledged / Part;
                    }
                }
            }

            var warmUp = TimeSpan.FromSeconds(Math.Min(60, length.TotalSeconds / 5));
            await RunUntilAsync(Stopwatch.StartNew(), warmUp);
            double start = Megabytes(rig.Bridge);
            double highest = start;
            long before = acknowledged;
            var watch = Stopwatch.StartNew();
            output.WriteLine($"{"soak s",-8}{"events/s",10}{"rss MB",10}");
            output.WriteLine($"{0,-8}{acknowledged / warmUp.TotalSeconds,10:F0}{start,10:F0}");
            for (int tenth = 1; tenth <= 10; tenth++)
            {
                await RunUntilAsync(watch, length * tenth / 10);
                double now = Megabytes(rig.Bridge);
                highest = Math.Max(highest, now);
                output.WriteLine($"{watch.Elapsed.TotalSeconds,-8:F0}{(acknowledged - before) / watch.Elapsed.TotalSeconds,10:F0}{now,10:F0}");
            }

            double seconds = watch.Elapsed.TotalSeconds;
            return new Result(start, Megabytes(rig.Bridge), highest, (acknowledged - before) / seconds, seconds);
        }
        finally
        {
            await end.CancelAsync();
            await publishing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static double Megabytes(CloudProcess process) => process.ResidentBytes / 1e6;

    private static async Task PublishAsync(PacketPublisher publisher, PublishPackets packets, SemaphoreSlim room, CancellationToken cancellation)
    {
        for (int from = 0; ; from = (from + Part) % (packets.Count / Part * Part))
        {
            await room.WaitAsync(cancellation);
            await publisher.SendAsync(packets, from, Part, cancellation);
        }
    }
}
