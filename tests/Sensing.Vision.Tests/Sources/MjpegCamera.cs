using System.Net;
using System.Net.Sockets;
using System.Text;
using Sensing.Testing;
using SkiaSharp;

namespace Sensing.Vision.Tests.Sources;

/// <summary>A camera that sends JPEG pictures over HTTP, as fast as they are taken.</summary>
internal sealed class MjpegCamera : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly byte[] _picture;
    private readonly TimeSpan _interval;
    private TcpListener? _listener;
    private CancellationTokenSource? _connections;
    private Task _serving = Task.CompletedTask;

    public MjpegCamera(SKColor colour, int width = 320, int height = 240, double framesPerSecond = 20)
    {
        using var bitmap = new SKBitmap(width, height);
        bitmap.Erase(colour);
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 95);
        _picture = data.ToArray();
        _interval = TimeSpan.FromSeconds(1 / framesPerSecond);
    }

    public int Port { get; } = LoopbackPort.Free();

    public string Url => $"http://127.0.0.1:{Port}/video.mjpg";

    public void Start()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _connections = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        _serving = ServeAsync(_listener, _connections.Token);
    }

    /// <summary>Drops every connection and accepts no more.</summary>
    public async Task StopAsync()
    {
        _listener!.Stop();
        await _connections!.CancelAsync();
        await _serving;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener?.Stop();
        await _serving;
    }

    private async Task ServeAsync(TcpListener listener, CancellationToken cancellation)
    {
        var answers = new List<Task>();
        try
        {
            while (true)
            {
                answers.Add(AnswerAsync(await listener.AcceptTcpClientAsync(cancellation), cancellation));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(answers);
        }
    }

    private async Task AnswerAsync(TcpClient client, CancellationToken cancellation)
    {
        try
        {
            using (client)
            {
                NetworkStream stream = client.GetStream();
                await stream.ReadAtLeastAsync(new byte[4096], 4, throwOnEndOfStream: true, cancellation);
                await stream.WriteAsync(
                    "HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=frame\r\n\r\n"u8.ToArray(), cancellation);
                byte[] head = Encoding.ASCII.GetBytes($"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {_picture.Length}\r\n\r\n");
                while (true)
                {
                    await stream.WriteAsync((byte[])[.. head, .. _picture, (byte)'\r', (byte)'\n'], cancellation);
                    await Task.Delay(_interval, TimeProvider.System, cancellation);
                }
            }
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            // The client has gone, or the camera is stopped.
        }
    }
}
