using System.Buffers;
using System.Buffers.Binary;

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
            _file.Position = _header.DataOffset + (item * size);
            int read = _file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (read < bytes.Length)
            {
                throw new RecordingException(
                    "truncated", _path, $"sample {firstRow}, byte {_file.Length}",
                    $"The file ends at byte {_file.Length} of {_header.FileBytes}.",
                    "Copy it again; what lies before is used.");
            }

            for (int i = 0; i < values.Length; i++)
            {
                values[i] = Value(bytes.Slice(i * size, size));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private float Value(Span<byte> item)
    {
        if (_header.BigEndian)
        {
            item.Reverse();
        }

        return (_header.ItemKind, _header.ItemBytes) switch
        {
            ('f', 4) => BinaryPrimitives.ReadSingleLittleEndian(item),
            ('f', _) => (float)BinaryPrimitives.ReadDoubleLittleEndian(item),
            ('i', 1) => (sbyte)item[0],
            ('i', 2) => BinaryPrimitives.ReadInt16LittleEndian(item),
            ('i', 4) => BinaryPrimitives.ReadInt32LittleEndian(item),
            ('i', _) => BinaryPrimitives.ReadInt64LittleEndian(item),
            (_, 1) => item[0],
            (_, 2) => BinaryPrimitives.ReadUInt16LittleEndian(item),
            (_, 4) => BinaryPrimitives.ReadUInt32LittleEndian(item),
            _ => BinaryPrimitives.ReadUInt64LittleEndian(item),
        };
    }
}
