using Confluent.Kafka;

namespace Sensing.CloudIngest.Log.Kafka.Producing;

/// <summary>Which versions of which requests a broker knows.</summary>
internal sealed class ApiVersions
{
    public static readonly ApiVersions Unknown = new([]);

    private readonly Dictionary<ApiKey, (short Lowest, short Highest)> _ranges;

    private ApiVersions(Dictionary<ApiKey, (short Lowest, short Highest)> ranges) => _ranges = ranges;

    /// <summary>Asks the broker: the first request of every connection.</summary>
    /// <exception cref="IOException">It refuses to say.</exception>
    public static async Task<ApiVersions> AskAsync(KafkaConnection connection, CancellationToken cancellation)
    {
        connection.Begin(ApiKey.ApiVersions, 0);
        return Read(await connection.AskAsync(cancellation).ConfigureAwait(false));
    }

    /// <summary>The highest version that the broker knows too; null where there is none.</summary>
    public short? Common(ApiKey key, short lowest, short highest) =>
        _ranges.TryGetValue(key, out (short Lowest, short Highest) known) && Math.Min(known.Highest, highest) is var common && common >= Math.Max(known.Lowest, lowest)
            ? common
            : null;

    private static ApiVersions Read(ReadOnlyMemory<byte> answer)
    {
        var reader = new ResponseReader(answer.Span);
        if ((ErrorCode)reader.Int16() is not ErrorCode.NoError and var error)
        {
            throw new IOException($"the broker does not say what it knows ({error})");
        }

        var ranges = new Dictionary<ApiKey, (short, short)>();
        for (int left = reader.Count(); left > 0; left--)
        {
            ranges[(ApiKey)reader.Int16()] = (reader.Int16(), reader.Int16());
        }

        return new ApiVersions(ranges);
    }
}
