using System.Text;

namespace Sensing.EdgeNode.Tests.Outbox.Damage;

/// <summary>Where the records of events lie in an outbox's files, byte by byte: an event can be saved as long as one of
/// its copies is whole.</summary>
/// <remarks>Found by the bytes themselves, with nothing of the outbox's own reading. Copies on pages that SQLite has
/// since written anew count too, so that the number is an upper bound.</remarks>
public sealed class RecordPlaces
{
    /// <summary>Header of a cell and of its record, at most.</summary>
    private const int Before = 20;

    /// <summary>The checksum behind the payload.</summary>
    private const int After = 8;
    private const int Page = 4096;
    private const string Attributes = "/sites/site/nodes/node/streams/stream" + "sensing.node.notice.v1";

    private static readonly string[] Names = ["outbox.db", "outbox.db-wal"];

    private readonly byte[][] _files;
    private readonly Dictionary<string, List<List<Piece>>> _copies = new(StringComparer.Ordinal);

    public RecordPlaces(OutboxSpecimen specimen)
    {
        _files = Read(specimen.Folder);
        foreach ((string id, byte[] data) in specimen.Waiting)
        {
            _copies[id] = Copies(Encoding.UTF8.GetBytes(id + Attributes), data);
        }
    }

    /// <summary>Ids of the events whose bytes are still whole in the files of <paramref name="folder"/>.</summary>
    public HashSet<string> Whole(string folder)
    {
        byte[][] now = Read(folder);
        return [.. _copies.Where(one =>
            one.Value.Exists(copy => copy.TrueForAll(piece => IsWhole(piece, now)))).Select(one => one.Key)];
    }

    private static byte[][] Read(string folder) => [.. Names.Select(name => Path.Combine(folder, name)).Select(file =>
        File.Exists(file) ? File.ReadAllBytes(file) : [])];

    private bool IsWhole(Piece piece, byte[][] now) =>
        now[piece.File].Length >= piece.From + piece.Length
        && now[piece.File].AsSpan(piece.From, piece.Length).SequenceEqual(
            _files[piece.File].AsSpan(piece.From, piece.Length));

    private List<List<Piece>> Copies(byte[] start, byte[] data)
    {
        var copies = new List<List<Piece>>();
        for (int file = 0; file < _files.Length; file++)
        {
            for (int from = 0; Find(file, start, from) is >= 0 and var at; from = at + 1)
            {
                if (Copy(file, at, start.Length, data) is { } pieces)
                {
                    copies.Add(pieces);
                }
            }
        }

        return copies;
    }

    /// <summary>The record whose text begins at <paramref name="at"/>; null where it is not there to its end.</summary>
    private List<Piece>? Copy(int file, int at, int textLength, byte[] data)
    {
        int beginning = Math.Min(32, data.Length), text = at + textLength;
        int payload = _files[file].AsSpan(text, Math.Min(64, _files[file].Length - text)).IndexOf(
            data.AsSpan(0, beginning));
        if (payload < 0)
        {
            return null;
        }

        int same = Same(file, text + payload, data);
        var pieces = new List<Piece> { new(file, Math.Max(0, at - Before), Before + textLength + payload + same) };
        for (int done = same; done < data.Length;)
        {
            (int next, int offset, int length) = Overflow(data.AsSpan(done));
            if (length == 0)
            {
                return null;
            }

            pieces.Add(new Piece(next, offset - 4, length + 4));
            done += length;
        }

        Piece last = pieces[^1];
        pieces[^1] = last with { Length = Math.Min(last.Length + After, _files[last.File].Length - last.From) };
        return pieces;
    }

    /// <summary>The overflow page that continues a payload: its bytes begin behind the number of the next
    /// page.</summary>
    private (int File, int Offset, int Length) Overflow(ReadOnlySpan<byte> rest)
    {
        for (int file = 0; file < _files.Length; file++)
        {
            (int first, int step) = file == 0 ? (4, Page) : (32 + 24 + 4, Page + 24);
            ReadOnlySpan<byte> beginning = rest[..Math.Min(rest.Length, 32)];
            for (int offset = first; offset < _files[file].Length; offset += step)
            {
                if (_files[file].AsSpan(offset).StartsWith(beginning))
                {
                    return (file, offset, Math.Min(Page - 4, rest.Length));
                }
            }
        }

        return default;
    }

    private int Same(int file, int from, byte[] data) => _files[file].AsSpan(from).CommonPrefixLength(data);

    private int Find(int file, byte[] text, int from)
    {
        int at = _files[file].AsSpan(from).IndexOf(text);
        return at < 0 ? -1 : at + from;
    }

    private readonly record struct Piece(int File, int From, int Length);
}
