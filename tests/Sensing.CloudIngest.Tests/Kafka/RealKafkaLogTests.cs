using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Log.Kafka;
using Sensing.CloudIngest.Tests.Support;

namespace Sensing.CloudIngest.Tests.Kafka;

/// <summary>The contract, and what a mock cluster does not have: limits of a topic.</summary>
[Collection(RealKafka.Name)]
[TimeLimit(minutes: 5, reason: "A Java process takes the records: up to 10 s on two idle cores.")]
public class RealKafkaLogTests(RealKafkaFixture kafka) : KafkaLogContract(kafka)
{
    [Fact]
    public async Task A_record_that_its_topic_does_not_take_is_a_dead_letter_and_its_neighbours_flow_on_in_batches_that_fit()
    {
        KafkaOptions options = Kafka.Options() with { Compression = KafkaCompression.None };
        var names = new KafkaTopicNames(options.Topics, Sample.Catalogue);
        using (IAdminClient admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = options.BootstrapServers }).Build())
        {
            await admin.CreateTopicsAsync([new TopicSpecification
            {
                Name = names["other"],
                NumPartitions = options.Topics.Partitions,
                Configs = new Dictionary<string, string> { ["max.message.bytes"] = "50000" },
            }]);
        }

        await using RunningLog log = await RunningLog.StartAsync(options, Cancel);
        LogRecord[] records = [.. Enumerable.Range(0, 400).Select(i => Other(i, i == 200 ? 600_000 : 1000))];

        await log.DeliverAsync(records, Cancel);

        var reader = new KafkaRecordReader(names, Sample.Events, TimeProvider.System);
        string[] ids = [.. log.Read([names["other"]], 399, Cancel).Select(record => ((EventRecord)reader.Read(record)).Event.Id).Distinct()];
        Assert.Equal(Enumerable.Range(0, 400).Where(i => i != 200).Select(i => $"{i:00000}"), ids);
        LogRecord[] letters = [.. log.Read([names.DeadLetter], 1, Cancel).Select(reader.Read).DistinctBy(letter => ((DeadLetterRecord)letter).Payload.Length)];
        Assert.Equal(((EventRecord)records[200]).Event.Data.ToArray(), ((DeadLetterRecord)Assert.Single(letters)).Payload.ToArray());
    }
}
