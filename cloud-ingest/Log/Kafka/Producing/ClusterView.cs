using Confluent.Kafka;

namespace Sensing.CloudIngest.Log.Kafka.Producing;

/// <summary>What a broker says of its cluster: the brokers, and who leads each partition of the topics that were asked for.</summary>
/// <param name="Brokers">By their ids.</param>
/// <param name="Topics">Those without an error: the leader of each partition by its index, negative where there is none at the moment.</param>
/// <param name="Errors">Of the other ones.</param>
internal sealed record ClusterView(
    IReadOnlyDictionary<int, BrokerAddress> Brokers, IReadOnlyDictionary<string, int[]> Topics, IReadOnlyDictionary<string, ErrorCode> Errors)
{
    private const short Version = 4;

    /// <summary>Asks for it.</summary>
    /// <param name="connection">To any broker.</param>
    /// <param name="topics">Those of interest.</param>
    /// <param name="create">Whether a topic that is not there may be made by the broker, where it does so.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public static async Task<ClusterView> AskAsync(KafkaConnection connection, IReadOnlyCollection<string> topics, bool create, CancellationToken cancellation)
    {
        RequestWriter request = connection.Begin(ApiKey.Metadata, connection.Version(ApiKey.Metadata, Version, Version));
        request.Int32(topics.Count);
        foreach (string topic in topics)
        {
            request.String(topic);
        }

        request.Byte(create ? (byte)1 : (byte)0);
        return Read(await connection.AskAsync(cancellation).ConfigureAwait(false));
    }

    private static ClusterView Read(ReadOnlyMemory<byte> answer)
    {
        var reader = new ResponseReader(answer.Span);
        _ = reader.Int32();
        var brokers = new Dictionary<int, BrokerAddress>();
        for (int left = reader.Count(); left > 0; left--)
        {
            int id = reader.Int32();
            brokers[id] = new BrokerAddress(reader.String(), reader.Int32());
            _ = reader.NullableString();
        }

        _ = reader.NullableString();
        _ = reader.Int32();
        var topics = new Dictionary<string, int[]>();
        var errors = new Dictionary<string, ErrorCode>();
        for (int left = reader.Count(); left > 0; left--)
        {
            var error = (ErrorCode)reader.Int16();
            string name = reader.String();
            _ = reader.Boolean();
            int[] leaders = Leaders(ref reader);
            if (error == ErrorCode.NoError && leaders.Length > 0)
            {
                topics[name] = leaders;
            }
            else
            {
                errors[name] = error;
            }
        }

        return new ClusterView(brokers, topics, errors);
    }

    private static int[] Leaders(ref ResponseReader reader)
    {
        var leaders = new SortedDictionary<int, int>();
        for (int left = reader.Count(); left > 0; left--)
        {
            _ = reader.Int16();
            int index = reader.Int32();
            leaders[index] = reader.Int32();
            reader.SkipInt32Array();
            reader.SkipInt32Array();
        }

        return leaders.Keys.SequenceEqual(Enumerable.Range(0, leaders.Count))
            ? [.. leaders.Values]
            : throw new InvalidDataException("Kafka's answer lacks a partition.");
    }
}
