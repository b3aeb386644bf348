using System.Net.Sockets;

namespace Sensing.Marine.Sources;

/// <summary>Datagrams as one stream of lines: each ends a line, and the header of IEC 61162-450 is left out.</summary>
internal sealed class DatagramStream(Socket socket) : ReceivedStream(socket)
{
    private readonly byte[] _datagram = new byte[64 * 1024];
    private int _begin, _end;

    private static ReadOnlySpan<byte> Header => "UdPbC\0"u8;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_begin == _end)
        {
            // Room for the end of the line.
            int length = await socket.ReceiveAsync(_datagram.AsMemory(0, _datagram.Length - 1), cancellationToken).ConfigureAwait(false);
            _begin = _datagram.AsSpan(0, length).StartsWith(Header) ? Header.Length : 0;
            _end = length;
            if (length > 0 && _datagram[length - 1] != (byte)'\n')
            {
                _datagram[_end++] = (byte)'\n';
            }
        }

        int count = Math.Min(buffer.Length, _end - _begin);
        _datagram.AsSpan(_begin, count).CopyTo(buffer.Span);
        _begin += count;
        return count;
    }
}
