using System.Net.Sockets;
using System.Text;

namespace Sensing.CloudIngest.Tests.Support;

/// <summary>A client of MQTT 3.1.1 that reads only when it is told to, and leaves without a word: bytes of the standard, by hand.</summary>
internal sealed class RawMqttClient : IDisposable
{
    private readonly TcpClient _client = new();

    private RawMqttClient()
    {
    }

    /// <summary>Connects, with a clean session and no keep-alive.</summary>
    /// <param name="port">The broker's, on loopback.</param>
    /// <param name="will">Topic and payload, at least once; null: none.</param>
    /// <param name="cancellation">Of the test.</param>
    public static async Task<RawMqttClient> ConnectAsync(int port, (string Topic, string Payload)? will, CancellationToken cancellation)
    {
        var client = new RawMqttClient();
        await client._client.ConnectAsync("127.0.0.1", port, cancellation);
        byte flags = (byte)(will is null ? 0b0000_0010 : 0b0000_1110);
        await client.SendAsync(Packet(0x10, [.. Text("MQTT"), 4, flags, 0, 0, .. Text("raw"), .. will is { } last ? [.. Text(last.Topic), .. Text(last.Payload)] : Array.Empty<byte>()]), cancellation);
        await client.ReadAsync(4, cancellation);
        return client;
    }

    /// <summary>Subscribes with at most once, and waits for the answer.</summary>
    public async Task SubscribeAsync(string filter, CancellationToken cancellation)
    {
        await SendAsync(Packet(0x82, [0, 1, .. Text(filter), 0]), cancellation);
        await ReadAsync(5, cancellation);
    }

    /// <summary>Publishes at least once, all in one piece, and waits for nothing.</summary>
    public Task PublishAsync(string topic, int count, CancellationToken cancellation) =>
        SendAsync([.. Enumerable.Range(1, count).SelectMany(number => Packet(0x32, [.. Text(topic), 0, (byte)number, (byte)'x']))], cancellation);

    /// <summary>Ends with a reset: whoever writes to it learns at once that nobody is there.</summary>
    public void Reset() => _client.Client.Close(0);

    public void Dispose() => _client.Dispose();

    private static byte[] Text(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return [(byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];
    }

    /// <param name="head">Kind and flags.</param>
    /// <param name="body">Shorter than 128 bytes.</param>
    private static byte[] Packet(byte head, byte[] body) => [head, (byte)body.Length, .. body];

    private async Task SendAsync(byte[] bytes, CancellationToken cancellation) => await _client.GetStream().WriteAsync(bytes, cancellation);

    private async Task ReadAsync(int count, CancellationToken cancellation) => await _client.GetStream().ReadExactlyAsync(new byte[count], cancellation);
}
