using System.Buffers.Binary;
using Microsoft.Data.Sqlite;

namespace Sensing.EdgeNode.Outbox;

/// <summary>How far the outbox has come, in a file of its own: a write-ahead log that was cut off, or a database that has vanished, cannot say
/// itself what is missing.</summary>
/// <remarks>It is written after each commit that adds events and never waited for. After a power cut it may lie behind the outbox, which means
/// nothing, or before it: then the disk has lost what was committed.</remarks>
internal sealed class OutboxMark : IDisposable
{
    private const int Bytes = 24;

    private readonly FileStream? _file;
    private readonly long _identity;

    /// <summary>Opens the mark of an outbox, to be written from now on.</summary>
    public OutboxMark(string path, SqliteConnection connection)
    {
        _identity = Identity(connection);
        try
        {
            _file = new FileStream(PathOf(path), FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The outbox works without it.
        }
    }

    public static string PathOf(string path) => path + ".mark";

    /// <summary>The highest number that an event has had in the outbox; 0 before the first.</summary>
    public static long Sequence(SqliteConnection connection) =>
        OutboxSchema.Scalar(connection, "SELECT seq FROM sqlite_sequence WHERE name = 'event'") as long? ?? 0;

    /// <summary>How many events the outbox has taken that it knows nothing of now.</summary>
    public static long Missing(string path, SqliteConnection connection) =>
        Read(path) is { } mark && mark.Identity == Identity(connection) ? Math.Max(0, mark.Sequence - Sequence(connection)) : 0;

    /// <summary>What the mark knows of that the outbox does not, one phrase; null where they agree or there is no mark.</summary>
    public static string? Problem(string path, SqliteConnection connection) =>
        Missing(path, connection) is > 0 and var missing ? $"{missing} events: its write-ahead log ends too early"
            : Read(path) is { Sequence: > 0 } mark && mark.Identity != Identity(connection)
                ? $"the mark beside it belongs to another outbox, which had taken {mark.Sequence} events"
                : null;

    /// <summary>Identity and sequence that were written last; null if the mark is missing or damaged.</summary>
    public static (long Identity, long Sequence)? Read(string path)
    {
        try
        {
            byte[] bytes = File.ReadAllBytes(PathOf(path));
            if (bytes.Length != Bytes)
            {
                return null;
            }

            long identity = BinaryPrimitives.ReadInt64LittleEndian(bytes), sequence = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(8));
            return BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(16)) == RowChecksum.Of(identity, sequence) ? (identity, sequence) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public void Write(long sequence)
    {
        if (_file is null)
        {
            return;
        }

        Span<byte> bytes = stackalloc byte[Bytes];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, _identity);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], sequence);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], RowChecksum.Of(_identity, sequence));
        try
        {
            RandomAccess.Write(_file.SafeFileHandle, bytes, 0);
        }
        catch (IOException)
        {
            // A full disk: the mark stays behind.
        }
    }

    public void Dispose() => _file?.Dispose();

    private static long Identity(SqliteConnection connection) => (long)OutboxSchema.Scalar(connection, "PRAGMA application_id")!;
}
