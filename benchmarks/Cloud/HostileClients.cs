using System.Net.Sockets;
using System.Text;
using MQTTnet;
using MQTTnet.Protocol;
using Sensing.Testing.Delivery;

namespace Sensing.Benchmarks.Cloud;

/// <summary>Clients that take what they can.</summary>
/// <param name="port">Of the broker.</param>
/// <param name="api">The query API.</param>
/// <param name="sessions">Sessions that are left behind.</param>
/// <param name="strangers">Connections that never get beyond their first packet.</param>
/// <param name="guesses">Wrong passwords at a time.</param>
/// <param name="readers">Live readers that do not read.</param>
public sealed class HostileClients(int port, Uri api, int sessions, int strangers, int guesses, int readers) : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly List<TcpClient> _open = [];
    private readonly List<Task> _running = [];

    /// <summary>Persistent sessions with a subscription, whose clients are gone.</summary>
    public async Task LeaveSessionsAsync(CancellationToken cancellation)
    {
        for (int i = 0; i < sessions; i++)
        {
            using IMqttClient client = await Mqtt.ConnectAsync(port, cancellation, options => options
                .WithCredentials("good", "right").WithClientId($"left-{i}").WithCleanStart(false).WithSessionExpiryInterval(uint.MaxValue));
            await client.SubscribeAsync("sensing/v1/site/good/#", MqttQualityOfServiceLevel.AtLeastOnce, cancellation);
        }
    }

    /// <summary>Half of a large CONNECT, or a PUBLISH before any CONNECT.</summary>
    public async Task BeginPacketsAsync(CancellationToken cancellation)
    {
        byte[] begun = new byte[900_000];
        for (int i = 0; i < strangers; i++)
        {
            new byte[] { (byte)(i % 2 == 0 ? 0x10 : 0x32), 0x80, 0x80, 0x3c }.CopyTo(begun, 0);
            if (await OpenAsync(port, cancellation) is { } client)
            {
                _running.Add(SendAsync(client, begun));
            }
        }
    }

    public Task GuessAsync(CancellationToken cancellation)
    {
        for (int i = 0; i < guesses; i++)
        {
            _running.Add(Task.Run(
                async () =>
                {
                    while (!_end.IsCancellationRequested)
                    {
                        try
                        {
                            (await Mqtt.ConnectAsync(port, _end.Token, options => options.WithCredentials("good", "wrong"))).Dispose();
                        }
#pragma warning disable CA1031 // The broker refuses the client; which exception the client library throws for that does not matter.
                        catch (Exception)
#pragma warning restore CA1031
                        {
                        }
                    }
                },
                cancellation));
        }

        return Task.CompletedTask;
    }

    public async Task ReadNothingAsync(CancellationToken cancellation)
    {
        byte[] request = Encoding.ASCII.GetBytes("GET /api/v1/live?after=0 HTTP/1.1\r\nHost: localhost\r\n\r\n");
        for (int i = 0; i < readers; i++)
        {
            if (await OpenAsync(api.Port, cancellation) is { } client)
            {
                await SendAsync(client, request);
            }
        }
    }

    /// <summary>All of them go.</summary>
    public async Task EndAsync()
    {
        await _end.CancelAsync();
        _open.ForEach(client => client.Dispose());
        await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        _open.ForEach(client => client.Dispose());
        _end.Dispose();
    }

    private async Task<TcpClient?> OpenAsync(int to, CancellationToken cancellation)
    {
        var client = new TcpClient();
        _open.Add(client);
        try
        {
            await client.ConnectAsync("127.0.0.1", to, cancellation);
            return client;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private static async Task SendAsync(TcpClient client, byte[] bytes)
    {
        try
        {
            await client.GetStream().WriteAsync(bytes);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Closed by the other side.
        }
    }
}
