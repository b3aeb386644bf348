using Confluent.Kafka;

namespace Sensing.CloudIngest.Log.Kafka.Producing;

/// <summary>What the cluster calls an idempotent producer: with it and a number that counts up it knows a batch that comes again.</summary>
internal sealed record ProducerIdentity(long Id, short Epoch)
{
    /// <summary>Asks for a new one.</summary>
    /// <exception cref="IOException">The broker gives none.</exception>
    public static async Task<ProducerIdentity> AskAsync(KafkaConnection connection, CancellationToken cancellation)
    {
        RequestWriter request = connection.Begin(ApiKey.InitProducerId, connection.Version(ApiKey.InitProducerId, 0, 1));
        request.String(null);
        request.Int32(60_000);
        return Read(await connection.AskAsync(cancellation).ConfigureAwait(false));
    }

    private static ProducerIdentity Read(ReadOnlyMemory<byte> answer)
    {
        var reader = new ResponseReader(answer.Span);
        _ = reader.Int32();
        var error = (ErrorCode)reader.Int16();
        return error == ErrorCode.NoError
            ? new ProducerIdentity(reader.Int64(), reader.Int16())
            : throw new IOException($"the broker gives no producer id: {new Error(error).Reason}");
    }
}
