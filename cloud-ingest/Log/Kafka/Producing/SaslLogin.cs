using System.Security.Authentication;
using System.Text;
using Confluent.Kafka;
using Sensing.CloudIngest.Configuration;

namespace Sensing.CloudIngest.Log.Kafka.Producing;

/// <summary>Shows user and password on a new connection.</summary>
internal static class SaslLogin
{
    /// <returns>How long the broker lets the session last; null: without bound.</returns>
    /// <exception cref="AuthenticationException">The broker refuses them, or does not prove that it knows them.</exception>
    public static async Task<TimeSpan?> RunAsync(KafkaConnection connection, KafkaSaslOptions options, CancellationToken cancellation)
    {
        string password = options.ReadPassword();
        string mechanism = options.Mechanism switch
        {
            KafkaSaslMechanism.Plain => "PLAIN",
            KafkaSaslMechanism.ScramSha256 => "SCRAM-SHA-256",
            KafkaSaslMechanism.ScramSha512 => "SCRAM-SHA-512",
            _ => throw new NotSupportedException($"There is no mechanism {options.Mechanism}."),
        };
        connection.Begin(ApiKey.SaslHandshake, connection.Version(ApiKey.SaslHandshake, 1, 1)).String(mechanism);
        Accepted(await connection.AskAsync(cancellation).ConfigureAwait(false), mechanism);
        if (options.Mechanism == KafkaSaslMechanism.Plain)
        {
            // RFC 4616.
            return (await SendAsync(connection, Encoding.UTF8.GetBytes($"\0{options.User}\0{password}"), cancellation).ConfigureAwait(false)).Session;
        }

        var scram = new ScramExchange(options.Mechanism, options.User, password);
        (byte[] challenge, _) = await SendAsync(connection, Encoding.UTF8.GetBytes(scram.First()), cancellation).ConfigureAwait(false);
        (byte[] proof, TimeSpan? session) = await SendAsync(connection, Encoding.UTF8.GetBytes(scram.Answer(Encoding.UTF8.GetString(challenge))), cancellation).ConfigureAwait(false);
        scram.Verify(Encoding.UTF8.GetString(proof));
        return session;
    }

    private static void Accepted(ReadOnlyMemory<byte> answer, string mechanism)
    {
        var reader = new ResponseReader(answer.Span);
        if (reader.Int16() != 0)
        {
            var offered = new List<string>();
            for (int left = reader.Count(); left > 0; left--)
            {
                offered.Add(reader.String());
            }

            throw new AuthenticationException($"the broker does not take {mechanism}, but {(offered.Count == 0 ? "no mechanism at all" : string.Join(", ", offered))}: change sasl.mechanism");
        }
    }

    private static async Task<(byte[] Answer, TimeSpan? Session)> SendAsync(KafkaConnection connection, byte[] token, CancellationToken cancellation)
    {
        short version = connection.Version(ApiKey.SaslAuthenticate, 0, 1);
        connection.Begin(ApiKey.SaslAuthenticate, version).Bytes(token);
        return Read(await connection.AskAsync(cancellation).ConfigureAwait(false), version);
    }

    private static (byte[] Answer, TimeSpan? Session) Read(ReadOnlyMemory<byte> answer, short version)
    {
        var reader = new ResponseReader(answer.Span);
        var error = (ErrorCode)reader.Int16();
        string? message = reader.NullableString();
        if (error != ErrorCode.NoError)
        {
            throw new AuthenticationException($"the broker refuses user and password ({message ?? error.ToString()})");
        }

        byte[] bytes = reader.Bytes().ToArray();
        long milliseconds = version >= 1 ? reader.Int64() : 0;
        return (bytes, milliseconds > 0 ? TimeSpan.FromMilliseconds(milliseconds) : null);
    }
}
