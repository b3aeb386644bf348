using System.Buffers.Binary;
using System.Text;

namespace Sensing.EdgeNode.Outbox;

/// <summary>Finds rows in the pages of a damaged outbox without its structure: the way to them (an interior page, a
/// page's own header, its list of cells) may be what is damaged, while they are whole. A row counts only if its
/// checksum fits.</summary>
/// <remarks>Cells of a table's leaf and their overflow chains, as in File Format For SQLite Databases, sections 1.6 and
/// 2.1. Rows that had been removed may be found again on pages that were not used since; events are then sent twice
/// with the same id.</remarks>
internal sealed class OutboxCarving : IDisposable
{
    private const int FrameHeaderBytes = 24;
    private const int LogHeaderBytes = 32;

    /// <summary>Lengths of integers by their serial type.</summary>
    private static readonly int[] IntegerBytes = [0, 1, 2, 3, 4, 6, 8, 0, 0, 0];

    private readonly FileStream? _main;
    private readonly FileStream? _log;
    private readonly int _page;

    /// <summary>Where the log holds the latest version of a page: overflow pages are found by their number.</summary>
    private readonly Dictionary<uint, long> _inLog = [];

    /// <param name="main">The database; may be missing.</param>
    /// <param name="log">Its write-ahead log; may be missing.</param>
    /// <param name="pageBytes">Size of a page.</param>
    public OutboxCarving(string main, string log, int pageBytes)
    {
        _page = pageBytes;
        _main = File.Exists(main) ? File.OpenRead(main) : null;
        _log = File.Exists(log) ? File.OpenRead(log) : null;
        byte[] header = new byte[FrameHeaderBytes];
        for (long offset = LogHeaderBytes; _log is not null
            && offset + FrameHeaderBytes + _page <= _log.Length; offset += FrameHeaderBytes + _page)
        {
            RandomAccess.Read(_log.SafeFileHandle, header, offset);
            _inLog[BinaryPrimitives.ReadUInt32BigEndian(header)] = offset + FrameHeaderBytes;
        }
    }

    /// <summary>Rows of <paramref name="columns"/> columns, the first of which is the row's number and the last its
    /// checksum over those between.</summary>
    public IEnumerable<object?[]> Rows(int columns)
    {
        byte[] page = new byte[_page];
        foreach ((FileStream file, long offset) in Pages())
        {
            if (!Read(file, offset, page))
            {
                continue;
            }

            for (int at = 0; at < _page - columns;)
            {
                if (Cell(page, at, columns, out int length) is { } row)
                {
                    yield return row;
                    at += length;
                }
                else
                {
                    at++;
                }
            }
        }
    }

    public void Dispose()
    {
        _main?.Dispose();
        _log?.Dispose();
    }

    /// <summary>The latest pages first.</summary>
    private IEnumerable<(FileStream File, long Offset)> Pages()
    {
        long frames = _log is null ? 0 : (_log.Length - LogHeaderBytes) / (FrameHeaderBytes + _page);
        for (long frame = frames - 1; frame >= 0; frame--)
        {
            yield return (_log!, LogHeaderBytes + (frame * (FrameHeaderBytes + _page)) + FrameHeaderBytes);
        }

        for (long offset = 0; _main is not null && offset + _page <= _main.Length; offset += _page)
        {
            yield return (_main, offset);
        }
    }

    private object?[]? Cell(byte[] page, int start, int columns, out int length)
    {
        length = 0;
        int at = start;
        if (!Varint(page, ref at, out long payload) || payload < columns || payload > OutboxSchema.LongestRow
            || !Varint(page, ref at, out long number) || number <= 0)
        {
            return null;
        }

        // The header of a row of our tables is short: one byte says how long it is, and the first column is the row's
        // number.
        int headerBytes = at < page.Length ? page[at] : 0;
        if (headerBytes <= columns || headerBytes > Math.Min(columns * 4, 127) || at + headerBytes > page.Length
            || page[at + 1] != 0)
        {
            return null;
        }

        Span<long> types = stackalloc long[columns];
        int type = at + 1;
        long bytes = headerBytes;
        for (int i = 0; i < columns; i++)
        {
            if (type >= at + headerBytes || !Varint(page, ref type, out types[i]) || types[i] is < 0 or 7 or 10 or 11)
            {
                return null;
            }

            bytes += Bytes(types[i]);
        }

        if (type != at + headerBytes || bytes != payload
            || Payload(page, at, (int)payload, out int local) is not { } record)
        {
            return null;
        }

        object?[] row = Values(record.AsSpan(headerBytes), types);
        row[0] = number;
        if (!Equals(row[^1], RowChecksum.Of(row.AsSpan(1, columns - 2))))
        {
            return null;
        }

        length = at + local - start;
        return row;
    }

    /// <summary>A row's bytes: those on its page, and those on the overflow pages that follow.</summary>
    private byte[]? Payload(byte[] page, int at, int bytes, out int local)
    {
        int most = _page - 35, least = ((_page - 12) * 32 / 255) - 23;
        local = bytes;
        if (bytes > most)
        {
            local = least + ((bytes - least) % (_page - 4));
            local = local <= most ? local : least;
        }

        if (at + local + (bytes > local ? 4 : 0) > page.Length)
        {
            return null;
        }

        byte[] record = new byte[bytes];
        page.AsSpan(at, local).CopyTo(record);
        byte[] further = new byte[_page];
        uint next = bytes > local ? BinaryPrimitives.ReadUInt32BigEndian(page.AsSpan(at + local)) : 0;
        for (int filled = local; filled < bytes;)
        {
            if (next == 0 || !Read(next, further))
            {
                return null;
            }

            next = BinaryPrimitives.ReadUInt32BigEndian(further);
            int part = Math.Min(_page - 4, bytes - filled);
            further.AsSpan(4, part).CopyTo(record.AsSpan(filled));
            filled += part;
        }

        return record;
    }

    private bool Read(uint number, byte[] page)
    {
        (FileStream? file, long offset) = _inLog.TryGetValue(number, out long inLog) ? (_log, inLog)
            : (_main, (number - 1L) * _page);
        return file is not null && Read(file, offset, page);
    }

    private bool Read(FileStream file, long offset, byte[] page)
    {
        try
        {
            return RandomAccess.Read(file.SafeFileHandle, page, offset) == _page;
        }
        catch (IOException)
        {
            // A sector that the disk cannot read.
            return false;
        }
    }

    private static object?[] Values(ReadOnlySpan<byte> bytes, ReadOnlySpan<long> types)
    {
        object?[] values = new object?[types.Length];
        for (int i = 0; i < types.Length; i++)
        {
            ReadOnlySpan<byte> one = bytes[..(int)Bytes(types[i])];
            bytes = bytes[one.Length..];
            values[i] = types[i] switch
            {
                0 => null,
                8 => 0L,
                9 => 1L,
                < 7 => Integer(one),
                _ when (types[i] & 1) != 0 => Encoding.UTF8.GetString(one),
                _ => one.ToArray(),
            };
        }

        return values;
    }

    private static long Integer(ReadOnlySpan<byte> bytes)
    {
        long value = (sbyte)bytes[0];
        foreach (byte one in bytes[1..])
        {
            value = (value << 8) | one;
        }

        return value;
    }

    private static long Bytes(long type) => type < 12 ? IntegerBytes[Math.Min(type, 9)] : (type - 12) / 2;

    private static bool Varint(ReadOnlySpan<byte> bytes, ref int at, out long value)
    {
        value = 0;
        for (int i = 0; i < 9 && at < bytes.Length; i++)
        {
            byte one = bytes[at++];
            if (i == 8)
            {
                value = (value << 8) | one;
                return true;
            }

            value = (value << 7) | (uint)(one & 0x7F);
            if (one < 0x80)
            {
                return true;
            }
        }

        return false;
    }
}
