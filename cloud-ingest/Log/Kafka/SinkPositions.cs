using System.Globalization;
using Confluent.Kafka;

namespace Sensing.CloudIngest.Log.Kafka;

/// <summary>The stored positions of the partitions that a sink has; on the sink's thread alone.</summary>
internal sealed class SinkPositions
{
    private readonly Dictionary<TopicPartition, long> _stored = [];

    /// <summary>How the store names a partition, <c>{topic}/{partition}</c>.</summary>
    public static string Name(TopicPartition partition) => string.Create(CultureInfo.InvariantCulture, $"{partition.Topic}/{partition.Partition.Value}");

    public void Assign(IEnumerable<TopicPartition> partitions, IEnumerable<LogPosition> stored)
    {
        Dictionary<string, long> known = stored.ToDictionary(position => position.Partition, position => position.Next);
        foreach (TopicPartition partition in partitions)
        {
            _stored[partition] = known.GetValueOrDefault(Name(partition), LogPosition.NotStored);
        }
    }

    public long Of(TopicPartition partition) => _stored.GetValueOrDefault(partition, LogPosition.NotStored);

    public void Set(TopicPartition partition, long next) => _stored[partition] = next;

    public void Remove(TopicPartition partition) => _stored.Remove(partition);

    public void Clear() => _stored.Clear();

    /// <summary>Records that the brokers have told of and the store has not.</summary>
    public long Lag<TKey, TValue>(IConsumer<TKey, TValue> consumer)
    {
        long lag = 0;
        foreach ((TopicPartition partition, long stored) in _stored)
        {
            WatermarkOffsets seen = consumer.GetWatermarkOffsets(partition);
            if (!seen.High.IsSpecial)
            {
                lag += Math.Max(0, seen.High.Value - Math.Max(stored, seen.Low.IsSpecial ? 0 : seen.Low.Value));
            }
        }

        return lag;
    }
}
