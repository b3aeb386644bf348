using System.Diagnostics;
using MathNet.Numerics.Statistics;
using Sensing.Testing;

namespace Sensing.Benchmarks.Delivery;

/// <summary>The bridge and plain <c>mosquitto_sub</c> drain the same backlog, one after the other, in turns.</summary>
/// <remarks>Both have a session and a connection at Mosquitto and are stopped (SIGSTOP) while the backlog is published to both; then each is let
/// go and timed until it has acknowledged the last. Rounds for warming up come before those that count: the bridge's code is compiled, and
/// compiled again with what was seen, while it runs.</remarks>
public static class DrainRounds
{
    private const int WarmUp = 12;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <summary>What the rounds found, events a second of each, and processor time an event while the bridge drains, µs.</summary>
    public sealed record Result(IReadOnlyList<double> Bridge, IReadOnlyList<double> Plain, IReadOnlyList<ProcessorUse> Use)
    {
        public double BridgeMicroseconds => Use.Select(use => use.Bridge).Median();

        public double MosquittoMicroseconds => Use.Select(use => use.Mosquitto).Median();

        public double KafkaMicroseconds => Use.Select(use => use.Kafka).Median();

        /// <summary>Bridge over plain, median of the rounds.</summary>
        public double Ratio => Bridge.Zip(Plain, (one, other) => one / other).Median();

        public double BridgePerSecond => Bridge.Median();

        public double PlainPerSecond => Plain.Median();
    }

    /// <param name="kafka">Where the bridge writes.</param>
    /// <param name="packets">The backlog.</param>
    /// <param name="rounds">Rounds that count.</param>
    /// <param name="inFlight">What Mosquitto sends to each ahead of acknowledgements.</param>
    /// <param name="output">A line a round.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<Result> RunAsync(KafkaBroker kafka, PublishPackets packets, int rounds, int inFlight, TextWriter output, CancellationToken cancellation)
    {
        await using SpeedRig rig = await SpeedRig.StartAsync(kafka, inFlight, sink: false, cancellation);
        await PlainSubscriber.SubscribeAsync(rig.Mosquitto.Port, cancellation);
        await using PacketPublisher publisher = await rig.PublisherAsync(cancellation);
        var bridge = new List<double>();
        var plain = new List<double>();
        var use = new List<ProcessorUse>();
        output.WriteLine($"{"round",-8}{"bridge/s",10}{"plain/s",10}{"ratio",8}   µs an event: {"bridge",7}{"Mosquitto",11}{"Kafka",7}");
        for (int round = 0; round < WarmUp + rounds; round++)
        {
            await using PlainSubscriber subscriber = await PlainSubscriber.StartSuspendedAsync(rig.Mosquitto, round + 1, packets.Count, cancellation);
            rig.Bridge.Suspend();
            await publisher.SendAsync(packets, 0, packets.Count, cancellation);
            await publisher.DrainAsync(cancellation);

            double one = 0;
            double other = 0;
            ProcessorUse spent = default;
            for (int turn = 0; turn < 2; turn++)
            {
                // Who comes first changes with the rounds.
                var watch = Stopwatch.StartNew();
                if ((turn + round) % 2 == 0)
                {
                    subscriber.Resume();
                    await subscriber.EndAsync(cancellation);
                    other = packets.Count / watch.Elapsed.TotalSeconds;
                }
                else
                {
                    ProcessorUse before = ProcessorUse.Of(rig, kafka);
                    rig.Bridge.Resume();
                    await rig.WaitAsync((round + 1L) * packets.Count, Look, cancellation);
                    one = packets.Count / watch.Elapsed.TotalSeconds;
                    spent = ProcessorUse.Of(rig, kafka).Since(before, packets.Count);
                }
            }

            output.WriteLine($"{(round < WarmUp ? "warm-up" : round - WarmUp + 1),-8}{one,10:F0}{other,10:F0}{one / other,8:F3}{"",16}{spent.Bridge,7:F1}{spent.Mosquitto,11:F1}{spent.Kafka,7:F1}");
            if (round >= WarmUp)
            {
                bridge.Add(one);
                plain.Add(other);
                use.Add(spent);
            }
        }

        return new Result(bridge, plain, use);
    }
}
