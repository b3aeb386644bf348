using Confluent.Kafka;
using CsCheck;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log.Kafka;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Kafka;

/// <summary>The contract, and faults that only a mock cluster has on demand.</summary>
[Collection(MockKafka.Name)]
public class MockKafkaLogTests(MockKafkaFixture kafka) : KafkaLogContract(kafka)
{
    /// <summary>What passes: the client sends the same batch again.</summary>
    private static readonly ErrorCode[] Passing =
    [
        ErrorCode.NotLeaderForPartition, ErrorCode.RequestTimedOut, ErrorCode.NotEnoughReplicas, ErrorCode.NotEnoughReplicasAfterAppend,
        ErrorCode.LeaderNotAvailable, ErrorCode.NetworkException, ErrorCode.KafkaStorageError, ErrorCode.InvalidMsg,
    ];

    /// <summary>A fault: an error in answer to the next produce request, a broker away for a moment, or leaders that
    /// move.</summary>
    private static readonly Gen<string> Fault = Gen.Frequency(
        (4, Gen.Int[0, Passing.Length - 1].Select(i => Passing[i].ToString())), (1, Gen.Const("away")), (2, Gen.Const("move")));

    /// <summary>What does not pass by itself: the producer ends, and the next one begins with the batch that was
    /// refused.</summary>
    private static readonly Gen<string> Refusal = Gen.OneOf(
        Gen.Const(nameof(ErrorCode.TopicAuthorizationFailed)), Gen.Const(nameof(ErrorCode.MsgSizeTooLarge)));

    [Fact]
    public Task Whatever_passes_loses_repeats_and_reorders_nothing() => CheckAsync(Fault, Gen.Int[1, 5], iterations: 12, mayRepeat: false);

    /// <summary>One request at a time: unlike Kafka, the mock cluster takes a batch although the one before it is
    /// missing.</summary>
    [Fact]
    public Task Whatever_is_refused_is_there_in_the_end_in_order() =>
        CheckAsync(Gen.Frequency((1, Fault), (1, Refusal)), Gen.Const(1), iterations: 6, mayRepeat: true);

    [Fact]
    public async Task Records_that_nobody_may_write_wait_and_flow_in_order_once_they_may()
    {
        using var cluster = new MockKafkaCluster();
        // With the pauses between them the problem stands for seconds, so that a busy machine sees it too.
        cluster.RefuseNext([.. Enumerable.Repeat(ErrorCode.TopicAuthorizationFailed, 4)]);
        await using RunningLog log = await RunningLog.StartAsync(Options(cluster), Cancel);

        Task[] durable = await log.AppendAsync(Vehicles(500), Cancel);
        string problem = await log.ProblemAsync("refuses records", Cancel);
        await Task.WhenAll(durable).WaitAsync(Cancel);

        Assert.Contains("das", problem, StringComparison.Ordinal);
        Assert.Null(log.Log.Problem);
        Assert.NotEqual(0, log.Log.Failures[nameof(ErrorCode.TopicAuthorizationFailed)]);
        CheckOrder(log, 500, mayRepeat: true);
    }

    [Fact]
    public async Task A_batch_that_is_too_large_for_its_topic_goes_in_smaller_ones()
    {
        using var cluster = new MockKafkaCluster();
        cluster.RefuseNext(ErrorCode.MsgSizeTooLarge, ErrorCode.MsgSizeTooLarge);
        await using RunningLog log = await RunningLog.StartAsync(Options(cluster), Cancel);

        await log.DeliverAsync(Vehicles(2000), Cancel);

        CheckOrder(log, 2000, mayRepeat: true);
    }

    private static Task CheckAsync(Gen<string> fault, Gen<int> requests, int iterations, bool mayRepeat) => Gen.Select(fault.Array[1, 6], requests, Gen.Int[1, 900]).SampleAsync(
        async (faults, requests, records) =>
        {
            using var cluster = new MockKafkaCluster(brokers: 2);
            KafkaOptions options = Options(cluster) with { MaxRequests = requests, LingerMs = 1 };
            string topic = new KafkaTopicNames(options.Topics, Sample.Catalogue)["das"];
            await using RunningLog log = await RunningLog.StartAsync(options, Cancel);
            var durable = new List<Task>();
            int count = 0;
            foreach (string fault in faults)
            {
                switch (fault)
                {
                    case "away":
                        cluster.Down(1);
                        cluster.Up(1);
                        break;
                    case "move":
                        Enumerable.Range(0, 4).ToList().ForEach(partition => cluster.Lead(topic, partition, 1 + ((partition + count) % 2)));
                        break;
                    default:
                        cluster.RefuseNext(Enum.Parse<ErrorCode>(fault));
                        break;
                }

                durable.AddRange(await log.AppendAsync(Vehicles(records, from: count), Cancel));
                count += records;
            }

            await Task.WhenAll(durable).WaitAsync(Cancel);
            // Unlike Kafka, the mock cluster does not recognise a batch that is sent again because its acknowledgement was
            // lost with the broker.
            CheckOrder(log, count, mayRepeat || faults.Contains("away"));
        },
        iter: iterations,
        threads: 2,
        print: sample => $"{string.Join(", ", sample.Item1)}; {sample.Item2} requests, {sample.Item3} records");

    private static KafkaOptions Options(MockKafkaCluster cluster)
    {
        var options = new KafkaOptions { BootstrapServers = cluster.Servers, Topics = new KafkaTopicOptions { Create = false, Partitions = 4 } };
        foreach (string topic in new KafkaTopicNames(options.Topics, Sample.Catalogue).All)
        {
            cluster.Create(topic, 4);
        }

        return options;
    }
}
