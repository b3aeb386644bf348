using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sensing.CloudIngest.Configuration;

namespace Sensing.CloudIngest.Log.Kafka.Producing;

/// <summary>A connection to one broker, with TLS and SASL where they are asked for: one request at a time, each with its answer.</summary>
/// <remarks>Certificate, authorities and password are read when it is made. It is of no use any more after an exception.</remarks>
internal sealed class KafkaConnection : IDisposable
{
    private const string ClientId = "cloud-ingest";
    private const int MaxAnswerBytes = 64 * 1024 * 1024;

    private readonly TimeProvider _time;
    private readonly byte[] _length = new byte[sizeof(int)];
    private Stream _stream;
    private byte[] _answer = new byte[4096];
    private int _correlation;
    private ApiVersions _versions = ApiVersions.Unknown;
    private long _expires = long.MaxValue;

    private KafkaConnection(Socket socket, BrokerAddress address, TimeProvider time)
    {
        _stream = new NetworkStream(socket, ownsSocket: true);
        _time = time;
        Address = address;
    }

    public BrokerAddress Address { get; }

    /// <summary>The request under way, for its caller to fill.</summary>
    public RequestWriter Request { get; } = new();

    /// <summary>Not used for too long for the broker's session, where it bounds one; then a new connection is due.</summary>
    public bool IsExpired => _time.GetTimestamp() > _expires;

    /// <summary>Connects, and shows who this is.</summary>
    /// <exception cref="IOException">The broker cannot be reached, refuses, or is none.</exception>
    /// <exception cref="CryptographicException">A certificate or key cannot be read.</exception>
    public static async Task<KafkaConnection> OpenAsync(BrokerAddress address, KafkaOptions options, TimeSpan timeout, TimeProvider time, CancellationToken cancellation)
    {
        using var bound = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, bound.Token);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        KafkaConnection? connection = null;
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            await socket.ConnectAsync(address.Host, address.Port, either.Token).ConfigureAwait(false);
            connection = new KafkaConnection(socket, address, time);
            if (options.Tls is { } tls)
            {
                await connection.EncryptAsync(tls, either.Token).ConfigureAwait(false);
            }

            connection._versions = await ApiVersions.AskAsync(connection, either.Token).ConfigureAwait(false);
            if (options.Sasl is { } sasl)
            {
                TimeSpan? session = await SaslLogin.RunAsync(connection, sasl, either.Token).ConfigureAwait(false);
                connection._expires = session is { } length ? time.GetTimestamp() + (long)(length.TotalSeconds * 0.8 * time.TimestampFrequency) : long.MaxValue;
            }

            return connection;
        }
        catch (Exception error)
        {
            connection?.Dispose();
            socket.Dispose();
            if (bound.IsCancellationRequested && !cancellation.IsCancellationRequested)
            {
                throw new IOException($"{address} did not answer within {timeout.TotalSeconds:0.#} s", error);
            }

            if (error is not (SocketException or AuthenticationException or IOException or InvalidDataException))
            {
                throw;
            }

            string where = $"{address}";
            string message = error.Message.StartsWith(where, StringComparison.Ordinal) ? error.Message : $"{where}: {error.Message}";
            bool mayWantTls = error is not (SocketException or AuthenticationException) && options.Tls is null && connection?._versions == ApiVersions.Unknown;
            throw new IOException(mayWantTls ? $"{message} (does it want TLS?)" : message, error);
        }
    }

    /// <summary>The version of an api that both sides know, the highest.</summary>
    /// <exception cref="IOException">There is none.</exception>
    public short Version(ApiKey key, short lowest, short highest) => _versions.Common(key, lowest, highest)
        ?? throw new IOException($"{Address} knows no version {lowest} to {highest} of {key}: Kafka 1.0 or newer is needed");

    /// <summary>Begins a request; its body is written to the result next.</summary>
    public RequestWriter Begin(ApiKey key, short version)
    {
        Request.Clear();
        Request.Int32(0);
        Request.Int16((short)key);
        Request.Int16(version);
        Request.Int32(++_correlation);
        Request.String(ClientId);
        return Request;
    }

    /// <summary>Sends what was begun and waits for its answer.</summary>
    /// <returns>Its body, valid until the next request.</returns>
    /// <exception cref="IOException">The connection is gone, or what came is no answer to this.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> AskAsync(CancellationToken cancellation)
    {
        Request.Fill(0, Request.Written.Length - sizeof(int));
        await _stream.WriteAsync(Request.Written, cancellation).ConfigureAwait(false);
        await _stream.ReadExactlyAsync(_length, cancellation).ConfigureAwait(false);
        int length = BinaryPrimitives.ReadInt32BigEndian(_length);
        if (length is < sizeof(int) or > MaxAnswerBytes)
        {
            throw new IOException($"{Address} sent what is no answer of Kafka");
        }

        if (_answer.Length < length)
        {
            _answer = new byte[length];
        }

        await _stream.ReadExactlyAsync(_answer.AsMemory(0, length), cancellation).ConfigureAwait(false);
        int correlation = BinaryPrimitives.ReadInt32BigEndian(_answer);
        return correlation == _correlation
            ? _answer.AsMemory(sizeof(int), length - sizeof(int))
            : throw new IOException($"{Address} answered request {correlation} where {_correlation} was asked");
    }

    public void Dispose() => _stream.Dispose();

    private async Task EncryptAsync(ClientTlsOptions tls, CancellationToken cancellation)
    {
        var options = new SslClientAuthenticationOptions { TargetHost = Address.Host };
        if (tls.CaFile is { } ca)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.ImportFromPemFile(ca);
            options.CertificateChainPolicy = policy;
        }

        if (tls.CertificateFile is { } file)
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(file);
            options.ClientCertificateContext = SslStreamCertificateContext.Create(X509Certificate2.CreateFromPemFile(file, tls.KeyFile), chain, offline: true);
        }

        var stream = new SslStream(_stream);
        _stream = stream;
        try
        {
            await stream.AuthenticateAsClientAsync(options, cancellation).ConfigureAwait(false);
        }
        catch (AuthenticationException error)
        {
            throw new AuthenticationException($"TLS failed: {error.Message}{(error.InnerException is { } inner ? $" ({inner.Message})" : "")}", error);
        }
    }
}
