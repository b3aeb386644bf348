using System.Runtime.CompilerServices;

namespace Sensing.Das.Recordings.Hdf5;

/// <summary>The bytes of an HDF5 file, read within bounds: the file's own pointers may form a loop or lead anywhere.</summary>
/// <remarks>
/// Every structure that PureHDF decodes passes through here, also in the middle of its recursion. So three things can be bounded that
/// nothing else bounds: the depth of links that lead to themselves (the stack is asked before each read, and an exception can still
/// be caught where an overflow ends the process), the number of reads between two calls of <see cref="Allow"/>, and reads past the end.
/// </remarks>
internal sealed class BoundedStream : Stream
{
    private const int WindowBytes = 64 << 10;

    private readonly FileStream _file;
    private readonly byte[] _window = GC.AllocateUninitializedArray<byte>(WindowBytes);
    private long _windowAt;
    private int _windowLength;
    private long _position;
    private long _reads;
    private long _bytes;

    public BoundedStream(FileStream file)
    {
        _file = file;
        Length = file.Length;
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; }

    public override long Position
    {
        get => _position;
        set => _position = value >= 0 ? value : throw new InvalidDataException($"the file points to byte {value}");
    }

    /// <summary>Begins an operation that may read so much.</summary>
    /// <param name="reads">Number of reads.</param>
    /// <param name="bytes">Bytes that are fetched for them.</param>
    public void Allow(long reads, long bytes) => (_reads, _bytes) = (reads, bytes);

    /// <summary>Fills the buffer.</summary>
    /// <returns>Its length.</returns>
    /// <exception cref="EndOfStreamException">The file ends before.</exception>
    /// <exception cref="InvalidDataException">The file's structures lead on without end.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new InvalidDataException("its groups, links or types contain themselves");
        }

        if (--_reads < 0)
        {
            throw new InvalidDataException("its structures lead in a circle");
        }

        int done = 0;
        while (done < buffer.Length)
        {
            long inWindow = _position - _windowAt;
            if (inWindow >= 0 && inWindow < _windowLength)
            {
                int take = (int)Math.Min(buffer.Length - done, _windowLength - inWindow);
                _window.AsSpan((int)inWindow, take).CopyTo(buffer[done..]);
                _position += take;
                done += take;
                continue;
            }

            done += buffer.Length - done >= WindowBytes ? Direct(buffer[done..]) : Refill();
        }

        return done;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int ReadByte()
    {
        Span<byte> one = stackalloc byte[1];
        return Read(one) == 1 ? one[0] : -1;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => checked(_position + offset),
        _ => checked(Length + offset),
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Direct(Span<byte> buffer)
    {
        int read = Fetch(buffer, _position);
        _position += read;
        return read;
    }

    private int Refill()
    {
        _windowLength = 0;
        _windowLength = Fetch(_window, _position);
        _windowAt = _position;
        return 0;
    }

    private int Fetch(Span<byte> buffer, long offset)
    {
        int read = RandomAccess.Read(_file.SafeFileHandle, buffer, offset);
        if (read == 0)
        {
            throw new EndOfStreamException($"the file ends at byte {Length}, and something in it lies at byte {offset}");
        }

        return (_bytes -= read) >= 0 ? read : throw new InvalidDataException("its structures lead in a circle");
    }
}
