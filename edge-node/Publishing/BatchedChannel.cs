using System.Buffers;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Channel;

namespace Sensing.EdgeNode.Publishing;

/// <summary>A transport that reads and writes many packets at a time.</summary>
/// <remarks>
/// MQTTnet reads the socket twice and writes it once for each packet. Here packets that are written while a write is
/// under way go out together with the next one, so nothing waits longer than it did, and a busy connection needs a
/// system call for many packets. After a failed write every later write reports it.
/// </remarks>
internal sealed class BatchedChannel(IMqttChannel channel) : IMqttChannel
{
    private const int ReadBytes = 64 * 1024;

    /// <summary>So much may wait for a write that is under way; beyond it, writers wait.</summary>
    private const int MostWaiting = 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _closed = new();
    private readonly byte[] _read = new byte[ReadBytes];
    private ArrayBufferWriter<byte> _waiting = new(ReadBytes);
    private ArrayBufferWriter<byte> _sending = new(ReadBytes);
    private Task _writing = Task.CompletedTask;
    private int _begin;
    private int _end;

    public X509Certificate2? ClientCertificate => channel.ClientCertificate;

    public EndPoint? RemoteEndPoint => channel.RemoteEndPoint;

    public EndPoint? LocalEndPoint => channel.LocalEndPoint;

    public bool IsSecureConnection => channel.IsSecureConnection;

    public Task ConnectAsync(CancellationToken cancellationToken) => channel.ConnectAsync(cancellationToken);

    /// <summary>Closes the connection after what was written has gone out.</summary>
    public async Task DisconnectAsync(CancellationToken cancellationToken)
    {
        await Writing().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await channel.DisconnectAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        _begin < _end ? Task.FromResult(TakeRead(buffer.AsSpan(offset, count))) : FillAsync(buffer, offset, count, cancellationToken);

    public Task WriteAsync(ReadOnlySequence<byte> buffer, bool isEndOfPacket, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (_writing.IsFaulted)
            {
                return _writing;
            }

            foreach (ReadOnlyMemory<byte> part in buffer)
            {
                _waiting.Write(part.Span);
            }

            if (_writing.IsCompleted)
            {
                _writing = Task.Run(WriteWaitingAsync, CancellationToken.None);
            }

            return _waiting.WrittenCount < MostWaiting ? Task.CompletedTask : _writing.WaitAsync(cancellationToken);
        }
    }

    public void Dispose()
    {
        _closed.Cancel();
        channel.Dispose();
    }

    private Task Writing()
    {
        lock (_lock)
        {
            return _writing;
        }
    }

    private async Task WriteWaitingAsync()
    {
        while (true)
        {
            lock (_lock)
            {
                if (_waiting.WrittenCount == 0)
                {
                    // Under the lock: whoever writes next starts anew.
                    _writing = Task.CompletedTask;
                    return;
                }

                (_waiting, _sending) = (_sending, _waiting);
            }

            await channel.WriteAsync(new ReadOnlySequence<byte>(_sending.WrittenMemory), true, _closed.Token).ConfigureAwait(false);
            _sending.ResetWrittenCount();
        }
    }

    private async Task<int> FillAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        _begin = 0;
        _end = await channel.ReadAsync(_read, 0, _read.Length, cancellationToken).ConfigureAwait(false);
        return TakeRead(buffer.AsSpan(offset, count));
    }

    private int TakeRead(Span<byte> target)
    {
        int length = Math.Min(target.Length, _end - _begin);
        _read.AsSpan(_begin, length).CopyTo(target);
        _begin += length;
        return length;
    }
}
