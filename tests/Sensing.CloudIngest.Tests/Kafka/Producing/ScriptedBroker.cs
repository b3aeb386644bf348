using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Sensing.CloudIngest.Tests.Kafka.Producing;

/// <summary>One listener of a <see cref="ScriptedKafka"/>.</summary>
internal sealed class ScriptedBroker : IAsyncDisposable
{
    private static readonly byte[] Http = Encoding.ASCII.GetBytes("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");

    private readonly ScriptedKafka _kafka;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _listening;

    public ScriptedBroker(ScriptedKafka kafka, int id)
    {
        _kafka = kafka;
        Id = id;
        _listener.Start();
        _listening = ListenAsync(_stopping.Token);
    }

    public int Id { get; }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _listening;
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task ListenAsync(CancellationToken stopping)
    {
        var served = new List<Task>();
        try
        {
            while (true)
            {
                served.Add(ServeAsync(await _listener.AcceptTcpClientAsync(stopping), stopping));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(served);
        }
    }

    private async Task ServeAsync(TcpClient client, CancellationToken stopping)
    {
        using (client)
        {
            try
            {
                client.NoDelay = true;
                while (await AnswerAsync(client.GetStream(), stopping))
                {
                    // One request at a time, as this producer asks.
                }
            }
            catch (Exception error) when (error is IOException or OperationCanceledException)
            {
                // The producer is gone, or the test has ended.
            }
#pragma warning disable CA1031 // What a producer sends may break this broker in any way: the test must say so.
            catch (Exception error)
#pragma warning restore CA1031
            {
                _kafka.Log.Problem(error.ToString());
            }
        }
    }

    /// <returns>Whether the connection stays.</returns>
    private async Task<bool> AnswerAsync(NetworkStream stream, CancellationToken stopping)
    {
        byte[] length = new byte[4];
        await stream.ReadExactlyAsync(length, stopping);
        byte[] bytes = new byte[new WireReader(length).Int32()];
        await stream.ReadExactlyAsync(bytes, stopping);
        var request = new WireReader(bytes);
        (short key, short version, int correlation) = (request.Int16(), request.Int16(), request.Int32());
        _ = request.Text();

        (byte[] body, MoveKind move) = await _kafka.AnswerAsync(Id, key, version, request).WaitAsync(stopping);
        byte[] part = move == MoveKind.AnswerShort ? body[..(body.Length / 2)] : body;
        byte[] answer = [.. new WireWriter().Int32(part.Length + 4).Int32(move == MoveKind.AnswerOther ? correlation + 1 : correlation).Written, .. part];
        (answer, bool stays) = move switch
        {
            MoveKind.CloseBefore or MoveKind.CloseAfter => ([], false),
            MoveKind.AnswerHalf => (answer[..(answer.Length / 2)], false),
            MoveKind.Http => (Http, false),
            _ => (answer, true),
        };
        await stream.WriteAsync(answer, stopping);
        return stays;
    }
}
