using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Server;
using Sensing.CloudIngest.Configuration;

namespace Sensing.CloudIngest.Broker;

/// <summary>Accepts connections for MQTTnet's server: bounded in number, encrypted where configured, with the certificate of the day.</summary>
internal sealed partial class BrokerListener(BrokerContext context, ReloadedCertificates? certificates, ILogger logger) : IMqttServerAdapter
{
    private static readonly TimeSpan HandshakeTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RetryTime = TimeSpan.FromSeconds(0.1);

    private readonly CancellationTokenSource _stop = new();
    private Socket? _socket;
    private readonly Strangers _strangers = new(context.Options.MaxConnections);

    public Func<IMqttChannelAdapter, Task>? ClientHandler { get; set; }

    /// <summary>Where it listens, with the port that the system chose.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)(_socket?.LocalEndPoint ?? throw new InvalidOperationException("The broker does not listen."));

    /// <exception cref="IOException">The port cannot be had.</exception>
    public Task StartAsync(MqttServerOptions options, IMqttNetLogger mqttLogger)
    {
        EmbeddedBrokerOptions broker = context.Options;
        var address = IPAddress.Parse(broker.Address);
        _socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _socket.Bind(new IPEndPoint(address, broker.Port));
            _socket.Listen(512);
        }
        catch (SocketException error)
        {
            throw new IOException($"The MQTT broker cannot listen on {broker.Address}:{broker.Port} ({error.Message}). Choose another mqtt.embedded.port, or stop what uses it.", error);
        }

        _ = AcceptAsync(_socket);
        return Task.CompletedTask;
    }

    public Task StopAsync()
    {
        _stop.Cancel();
        _socket?.Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _socket?.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync(Socket listening)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Socket socket = await listening.AcceptAsync(_stop.Token).ConfigureAwait(false);
                if (!_strangers.TryAdmit(socket))
                {
                    socket.Dispose();
                    continue;
                }

                _ = ServeAsync(socket);
            }
            catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException error)
            {
                // A peer that left while it waited; out of descriptors shows here too and passes when one closes.
                AcceptFailed(error.Message);
                await Task.Delay(RetryTime, TimeProvider.System, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            // Off the accepting loop: a slow handshake holds up nobody else.
            await Task.Yield();
            socket.NoDelay = true;
            EndPoint remote = socket.RemoteEndPoint!;
            Stream stream = new NetworkStream(socket, ownsSocket: true);
            X509Certificate2? client = null;
            if (certificates is not null)
            {
                var encrypted = new SslStream(stream);
                stream = encrypted;
                await HandshakeAsync(encrypted).ConfigureAwait(false);
                client = encrypted.RemoteCertificate as X509Certificate2;
            }

            await using (stream.ConfigureAwait(false))
            {
                using var connection = new BrokerConnection(stream, socket.LocalEndPoint!, remote, client, context) { Known = () => _strangers.Known(socket) };
                if (ClientHandler is { } handler)
                {
                    try
                    {
                        await handler(connection).ConfigureAwait(false);
                    }
                    finally
                    {
                        await connection.EndAsync().ConfigureAwait(false);
                    }
                }
            }
        }
        catch (Exception error) when (error is IOException or SocketException or AuthenticationException or OperationCanceledException or ObjectDisposedException)
        {
            ClientFailed(error.Message);
        }
        finally
        {
            _strangers.Left(socket);
            socket.Dispose();
        }
    }

    private async Task HandshakeAsync(SslStream stream)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        timeout.CancelAfter(HandshakeTime);
        await stream.AuthenticateAsServerAsync(certificates!.ServerOptions(), timeout.Token).ConfigureAwait(false);
    }

    [LoggerMessage(4101, LogLevel.Debug, "A connection could not be accepted: {Reason}")]
    private partial void AcceptFailed(string reason);

    [LoggerMessage(4102, LogLevel.Debug, "A client was turned away: {Reason}")]
    private partial void ClientFailed(string reason);
}
