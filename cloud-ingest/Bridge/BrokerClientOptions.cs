using System.Security.Cryptography.X509Certificates;
using MQTTnet;
using MQTTnet.Formatter;
using Sensing.CloudIngest.Configuration;

namespace Sensing.CloudIngest.Bridge;

/// <summary>How to connect to an external broker; files are read at each connect, so renewed certificates and passwords are used.</summary>
internal static class BrokerClientOptions
{
    /// <summary>Of the socket; the system may allow less (<c>net.core.rmem_max</c>).</summary>
    /// <remarks>What may be under way fits, with the system's own overhead for many small packets. In less the broker stops until they are read, and both wake for
    /// every few; what overflows is dropped and sent again a fifth of a second later.</remarks>
    private const int SocketBufferBytes = 4 * 1024 * 1024;

    public static MqttClientOptions Create(ExternalBrokerOptions options, LimitOptions limits)
    {
        MqttClientOptionsBuilder builder = new MqttClientOptionsBuilder()
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithTcpServer(options.Host, options.Port)
            .WithClientId(options.ClientId)
            .WithCleanStart(false)
            .WithSessionExpiryInterval((uint)options.SessionExpirySeconds)
            .WithReceiveMaximum((ushort)options.ReceiveMaximum)
            .WithMaximumPacketSize((uint)limits.MaxPacketBytes)
            .WithKeepAlivePeriod(TimeSpan.FromSeconds(15))
            .WithTimeout(TimeSpan.FromSeconds(10));
        if (options.User is { } user)
        {
            builder.WithCredentials(user, options.PasswordFile is { } file ? File.ReadLines(file).FirstOrDefault() ?? "" : "");
        }

        if (options.Tls is { } tls)
        {
            builder.WithTlsOptions(encryption =>
            {
                encryption.UseTls().WithTargetHost(options.Host);
                if (tls.CaFile is { } ca)
                {
                    var authorities = new X509Certificate2Collection();
                    authorities.ImportFromPemFile(ca);
                    encryption.WithTrustChain(authorities);
                }

                if (tls.CertificateFile is { } certificate)
                {
                    encryption.WithClientCertificates([X509Certificate2.CreateFromPemFile(certificate, tls.KeyFile)]);
                }
            });
        }

        MqttClientOptions client = builder.Build();
        ((MqttClientTcpOptions)client.ChannelOptions).BufferSize = SocketBufferBytes;
        return client;
    }
}
