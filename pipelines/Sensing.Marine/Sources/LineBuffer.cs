namespace Sensing.Marine.Sources;

/// <summary>Bytes of a stream to lines: each an array of its own, for it outlives the buffer.</summary>
/// <param name="stream">The stream.</param>
internal sealed class LineBuffer(Stream stream)
{
    /// <summary>Longer lines are cut and refused. Any sentence with its tag block is shorter.</summary>
    public const int LongestLine = 2048;

    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _begin, _end;

    /// <summary>Bytes of the stream up to the end of the last line.</summary>
    public long Offset { get; set; }

    /// <summary>The next line without its end; null at the end of the stream.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            int length = _buffer.AsSpan(_begin, Math.Min(_end - _begin, LongestLine)).IndexOf((byte)'\n');
            if (length >= 0)
            {
                return Take(length, 1);
            }

            if (_end - _begin >= LongestLine)
            {
                return Take(LongestLine, 0);
            }

            _buffer.AsSpan(_begin, _end - _begin).CopyTo(_buffer);
            (_end, _begin) = (_end - _begin, 0);
            int read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellation).ConfigureAwait(false);
            if (read == 0)
            {
                // Not the other branch of a conditional: null would become an empty line.
                if (_end == _begin)
                {
                    return null;
                }

                return Take(_end - _begin, 0);
            }

            _end += read;
        }
    }

    private ReadOnlyMemory<byte> Take(int length, int separator)
    {
        byte[] line = _buffer.AsSpan(_begin, length).TrimEnd((byte)'\r').ToArray();
        _begin += length + separator;
        Offset += length + separator;
        return line;
    }
}
