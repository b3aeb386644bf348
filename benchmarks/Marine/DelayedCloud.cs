using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Sensing.Marine.Impacts.Detection;
using Sensing.Marine.Impacts.Features;
using Sensing.Marine.Impacts.Inertial;
using Sensing.Marine.Impacts.Models;

namespace Sensing.Benchmarks.Marine;

/// <summary>A server that classifies windows sent to it, over a real connection on this machine with a delay added each way.</summary>
internal sealed class DelayedCloud : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TcpClient _client = new() { NoDelay = true };
    private readonly ImpactModel _model;
    private readonly Task _serving;

    public DelayedCloud(ImpactModel model)
    {
        _model = model;
        _listener.Start();
        _serving = ServeAsync();
        _client.Connect((IPEndPoint)_listener.LocalEndpoint);
    }

    public async Task<float[]> ClassifyAsync(MotionWindow window, TimeSpan delay, CancellationToken cancellation)
    {
        byte[] bytes = Bytes(window), message = new byte[bytes.Length + 4];
        BinaryPrimitives.WriteInt32LittleEndian(message, bytes.Length);
        bytes.CopyTo(message, 4);
        await LinkAsync(delay, cancellation);
        await _client.GetStream().WriteAsync(message, cancellation);
        byte[] answer = new byte[4 * _model.Classes.Count];
        await _client.GetStream().ReadExactlyAsync(answer, cancellation);
        await LinkAsync(delay, cancellation);
        return MemoryMarshal.Cast<byte, float>(answer).ToArray();
    }

    public void Dispose()
    {
        _client.Dispose();
        _listener.Dispose();
        _serving.Wait();
        _model.Dispose();
    }

    private static byte[] Bytes(MotionWindow window)
    {
        var made = new List<byte>();
        for (int channel = 0; channel < MotionWindow.Channels; channel++)
        {
            made.AddRange(MemoryMarshal.AsBytes(window[channel]));
        }

        return [.. made];
    }

    private static MotionWindow Window(byte[] bytes)
    {
        double[] values = MemoryMarshal.Cast<byte, double>(bytes).ToArray();
        return new MotionWindow(Segmenter.Rate, [.. values.Chunk(values.Length / MotionWindow.Channels)]);
    }

    private static Task LinkAsync(TimeSpan delay, CancellationToken cancellation) =>
        delay == TimeSpan.Zero ? Task.CompletedTask : Task.Delay(delay, TimeProvider.System, cancellation);

    private async Task ServeAsync()
    {
        var features = new WindowFeatures();
        try
        {
            using TcpClient client = await _listener.AcceptTcpClientAsync();
            client.NoDelay = true;
            NetworkStream stream = client.GetStream();
            byte[] length = new byte[4];
            while (true)
            {
                await stream.ReadExactlyAsync(length);
                byte[] window = new byte[BinaryPrimitives.ReadInt32LittleEndian(length)];
                await stream.ReadExactlyAsync(window);
                float[] answer = _model.Classify(features.Of(Window(window)));
                await stream.WriteAsync(MemoryMarshal.AsBytes<float>(answer).ToArray());
            }
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException)
        {
            // The measure has ended.
        }
    }
}
