using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Sensing.Das.Recordings.Npy;

/// <summary>The rows of a <c>.npy</c> file.</summary>
internal sealed class NpySamples : SampleMatrix
{
    private readonly string _path;
    private readonly FileStream _file;
    private readonly NpyHeader _header;
    private readonly bool _timeContiguous;

    /// <param name="path">File.</param>
    /// <param name="file">The open file; disposed with this.</param>
    /// <param name="header">Its header.</param>
    /// <param name="timeFirst">Order of the array's dimensions.</param>
    public NpySamples(string path, FileStream file, NpyHeader header, bool timeFirst)
    {
        _path = path;
        _file = file;
        _header = header;
        Rows = header.Shape[timeFirst ? 0 : 1];
        Channels = checked((int)header.Shape[timeFirst ? 1 : 0]);

        // One instant's values lie together in [time, distance] in C order and in [distance, time] in Fortran order.
        _timeContiguous = timeFirst == header.FortranOrder;
    }

    public override long Rows { get; }

    public override int Channels { get; }

    public override void Read(long firstRow, int rows, Span<float> values)
    {
        if (!_timeContiguous)
        {
            ReadRun(firstRow * Channels, values, firstRow);
            return;
        }

        float[] rented = ArrayPool<float>.Shared.Rent(rows);
        try
        {
            Span<float> run = rented.AsSpan(0, rows);
            for (int c = 0; c < Channels; c++)
            {
                ReadRun((c * Rows) + firstRow, run, firstRow);
                for (int r = 0; r < rows; r++)
                {
                    values[(r * Channels) + c] = run[r];
                }
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }

    public override void Dispose()
    {
        _file.Dispose();
        base.Dispose();
    }

    private void ReadRun(long item, Span<float> values, long firstRow)
    {
        int size = _header.ItemBytes;
        byte[] rented = ArrayPool<byte>.Shared.Rent(values.Length * size);
        try
        {
            Span<byte> bytes = rented.AsSpan(0, values.Length * size);
            int read = ReadFrom(_header.DataOffset + (item * size), bytes);
            if (read < bytes.Length)
            {
                throw new RecordingException(
                    "truncated", _path, $"sample {firstRow}, byte {_file.Length}",
                    $"The file ends at byte {_file.Length} of {_header.FileBytes}.",
                    "Copy it again; what lies before is used.");
            }

            if (_header.BigEndian)
            {
                for (int i = 0; i < bytes.Length; i += size)
                {
                    bytes.Slice(i, size).Reverse();
                }
            }

            Convert(bytes, values);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private int ReadFrom(long offset, Span<byte> bytes)
    {
        int done = 0;
        while (done < bytes.Length && RandomAccess.Read(_file.SafeFileHandle, bytes[done..], offset + done) is > 0 and var read)
        {
            done += read;
        }

        return done;
    }

    private void Convert(ReadOnlySpan<byte> bytes, Span<float> values)
    {
        switch (_header.ItemKind, _header.ItemBytes)
        {
            case ('f', 4): Convert<float>(bytes, values); break;
            case ('f', _): Convert<double>(bytes, values); break;
            case ('i', 1): Convert<sbyte>(bytes, values); break;
            case ('i', 2): Convert<short>(bytes, values); break;
            case ('i', 4): Convert<int>(bytes, values); break;
            case ('i', _): Convert<long>(bytes, values); break;
            case (_, 1): Convert<byte>(bytes, values); break;
            case (_, 2): Convert<ushort>(bytes, values); break;
            case (_, 4): Convert<uint>(bytes, values); break;
            default: Convert<ulong>(bytes, values); break;
        }
    }

    /// <summary>Little-endian, as every machine is that .NET 10 runs on.</summary>
    private static void Convert<T>(ReadOnlySpan<byte> bytes, Span<float> values)
        where T : unmanaged, INumberBase<T> => SampleConversion.ToSingle(MemoryMarshal.Cast<byte, T>(bytes), values);
}
