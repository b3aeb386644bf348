using System.Buffers.Binary;
using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log;
using Sensing.CloudIngest.Log.Kafka;
using Sensing.CloudIngest.Log.Kafka.Producing;
using Sensing.CloudIngest.Tests.Support;

namespace Sensing.CloudIngest.Tests.Kafka.Producing;

public class SequenceTests
{
    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(int.MaxValue, 0, int.MaxValue)]
    [InlineData(int.MaxValue, 1, 0)]
    [InlineData(int.MaxValue - 1, 5, 3)]
    [InlineData(int.MaxValue, int.MaxValue, int.MaxValue - 1)]
    public void A_number_begins_again_at_nothing(int sequence, int records, int next) => Assert.Equal(next, Sequence.Add(sequence, records));

    [Fact]
    public void Batches_count_on_over_the_end_of_the_numbers_and_a_new_producer_begins_at_nothing()
    {
        var queue = new PartitionQueue("topic", 0);
        var identity = new ProducerIdentity(1, 0);
        queue.Skip(int.MaxValue - 1);

        Assert.Equal(int.MaxValue - 1, Send(queue, identity, isWritten: true));
        Assert.Equal(1, Send(queue, identity, isWritten: true));
        Assert.Equal(4, Send(queue, identity, isWritten: false));
        Assert.Equal(4, Send(queue, identity, isWritten: true));
        Assert.Equal(0, Send(queue, new ProducerIdentity(2, 0), isWritten: true));
    }

    /// <summary>Three records.</summary>
    /// <returns>The number of the first.</returns>
    private static int Send(PartitionQueue queue, ProducerIdentity identity, bool isWritten)
    {
        var record = new KafkaRecord();
        var source = new NodeStatusRecord("tunnel", "cabinet-1", new byte[] { 1 }, Sample.Noon);
        new KafkaRecordWriter(new KafkaTopicNames(new KafkaTopicOptions(), Sample.Catalogue)).Write(source, record);
        RecordBatch batch = queue.Append(record, source, null, 1000, 0);
        queue.Append(record, source, null, 1000, 0);
        queue.Append(record, source, null, 1000, 0);
        batch.Close();
        batch.Seal(KafkaCompression.None);
        queue.Stamp(batch, identity);
        Assert.Equal(3, batch.Count);
        int first = BinaryPrimitives.ReadInt32BigEndian(batch.Bytes[53..]);
        queue.Remove(isWritten).Complete();
        return first;
    }
}
