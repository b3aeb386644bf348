using Confluent.Kafka;

namespace Sensing.CloudIngest.Log.Kafka.Producing;

/// <summary>What a broker says of one batch.</summary>
/// <param name="Topic">Topic of the batch.</param>
/// <param name="Index">Its partition.</param>
/// <param name="Error">None where every replica in sync has it.</param>
/// <param name="Message">The broker's words, where it has some.</param>
internal sealed record ProduceResult(string Topic, int Index, ErrorCode Error, string? Message)
{
    /// <summary>The answer to a produce request of version 5 to 8.</summary>
    public static List<ProduceResult> Read(ReadOnlyMemory<byte> answer, short version)
    {
        var reader = new ResponseReader(answer.Span);
        var results = new List<ProduceResult>();
        for (int topics = reader.Count(); topics > 0; topics--)
        {
            string topic = reader.String();
            for (int partitions = reader.Count(); partitions > 0; partitions--)
            {
                int index = reader.Int32();
                var error = (ErrorCode)reader.Int16();

                // Offset of the first record, time of appending, first offset of the partition.
                _ = reader.Int64();
                _ = reader.Int64();
                _ = reader.Int64();
                string? message = null;
                if (version >= 8)
                {
                    for (int records = reader.Count(); records > 0; records--)
                    {
                        int record = reader.Int32();
                        message ??= reader.NullableString() is { } why ? $"record {record} of the batch: {why}" : null;
                    }

                    message = reader.NullableString() ?? message;
                }

                results.Add(new ProduceResult(topic, index, error, message));
            }
        }

        return results;
    }
}
