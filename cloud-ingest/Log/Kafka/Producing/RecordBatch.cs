using System.Buffers;
using System.Buffers.Binary;
using Sensing.CloudIngest.Configuration;

namespace Sensing.CloudIngest.Log.Kafka.Producing;

/// <summary>Records of one partition in Kafka's batch format (magic 2), which go to its leader together; the task completes once the brokers have them.</summary>
/// <remarks>Format: https://kafka.apache.org/documentation/#recordbatch. Filled by <see cref="TryAppend"/>, then closed and sealed, then stamped and sent as often as it takes.</remarks>
internal sealed class RecordBatch : TaskCompletionSource
{
    public const int HeaderBytes = 61;

    private const int FirstBytes = 16 * 1024;
    private const byte Magic = 2;
    private const int LengthAt = 8;
    private const int LeaderEpochAt = 12;
    private const int MagicAt = 16;
    private const int CrcAt = 17;
    private const int AttributesAt = 21;
    private const int LastOffsetDeltaAt = 23;
    private const int BaseTimestampAt = 27;
    private const int MaxTimestampAt = 35;
    private const int ProducerIdAt = 43;
    private const int ProducerEpochAt = 51;
    private const int BaseSequenceAt = 53;
    private const int CountAt = 57;

    private byte[]? _bytes = ArrayPool<byte>.Shared.Rent(FirstBytes);
    private int _length = HeaderBytes;
    private long _baseTimestamp;
    private long _maxTimestamp;
    private bool _isSealed;

    /// <param name="since">When its first record came, a timestamp of the clock in use.</param>
    public RecordBatch(long since)
        : base(TaskCreationOptions.RunContinuationsAsynchronously) => Since = since;

    public long Since { get; }

    public int Count { get; private set; }

    /// <summary>Bytes on the wire, before compression until it is sealed.</summary>
    public int Length => _length;

    /// <summary>What its records hold of the log's budget, bytes.</summary>
    public long Budget { get; private set; }

    /// <summary>The record where it is one that goes alone, since it is large.</summary>
    public LogRecord? Alone { get; init; }

    /// <summary>The batch in whose place this one goes, and whose task it completes as well.</summary>
    public RecordBatch? Origin { get; init; }

    /// <summary>Takes no more records.</summary>
    public bool IsClosed { get; private set; }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>Adds a record unless the batch has some and would become larger than <paramref name="maxBytes"/>.</summary>
    public bool TryAppend(KafkaRecord record, int budget, int maxBytes)
    {
        if (Count == 0)
        {
            _baseTimestamp = record.Timestamp;
        }

        long timestamp = record.Timestamp - _baseTimestamp;
        int size = 1 + Varint.Size(timestamp) + Varint.Size(Count) + Sized(record.Key.Length) + Sized(record.Value.Length) + Varint.Size(record.Headers.Length);
        foreach (ref readonly KafkaRecord.Header header in record.Headers)
        {
            size += Sized(header.Name.Length) + Sized(header.Value.Length);
        }

        int whole = Sized(size);
        if (Count > 0 && _length + whole > maxBytes)
        {
            return false;
        }

        Span<byte> target = Take(whole);
        int at = 0;
        Varint.Write(target, ref at, size);
        target[at++] = 0;
        Varint.Write(target, ref at, timestamp);
        Varint.Write(target, ref at, Count);
        Write(target, ref at, record.Key);
        Write(target, ref at, record.Value.Span);
        Varint.Write(target, ref at, record.Headers.Length);
        foreach (ref readonly KafkaRecord.Header header in record.Headers)
        {
            Write(target, ref at, header.Name);
            Write(target, ref at, record.Text(header.Value));
        }

        _maxTimestamp = Math.Max(_maxTimestamp, record.Timestamp);
        Budget += budget;
        Count++;
        return true;
    }

    /// <summary>No more records.</summary>
    public void Close() => IsClosed = true;

    /// <summary>Compresses the records of a closed batch and writes what its header says of them; the second time nothing is left to do.</summary>
    public void Seal(KafkaCompression compression)
    {
        if (_isSealed)
        {
            return;
        }

        _isSealed = true;
        if (compression != KafkaCompression.None)
        {
            byte[] packed = BatchCompression.Compress(compression, _bytes.AsSpan(HeaderBytes, _length - HeaderBytes), HeaderBytes, out int length);
            ArrayPool<byte>.Shared.Return(_bytes!);
            (_bytes, _length) = (packed, HeaderBytes + length);
        }

        // A rented array holds whatever was in it.
        Span<byte> header = _bytes.AsSpan(0, HeaderBytes);
        header.Clear();
        BinaryPrimitives.WriteInt32BigEndian(header[LengthAt..], _length - LeaderEpochAt);
        BinaryPrimitives.WriteInt32BigEndian(header[LeaderEpochAt..], -1);
        header[MagicAt] = Magic;
        BinaryPrimitives.WriteInt16BigEndian(header[AttributesAt..], BatchCompression.Codec(compression));
        BinaryPrimitives.WriteInt32BigEndian(header[LastOffsetDeltaAt..], Count - 1);
        BinaryPrimitives.WriteInt64BigEndian(header[BaseTimestampAt..], _baseTimestamp);
        BinaryPrimitives.WriteInt64BigEndian(header[MaxTimestampAt..], _maxTimestamp);
        BinaryPrimitives.WriteInt32BigEndian(header[CountAt..], Count);
    }

    /// <summary>Says who sends it and the number of its first record: with these the broker knows it when it comes again.</summary>
    public void Stamp(ProducerIdentity identity, int baseSequence)
    {
        Span<byte> header = _bytes.AsSpan(0, HeaderBytes);
        BinaryPrimitives.WriteInt64BigEndian(header[ProducerIdAt..], identity.Id);
        BinaryPrimitives.WriteInt16BigEndian(header[ProducerEpochAt..], identity.Epoch);
        BinaryPrimitives.WriteInt32BigEndian(header[BaseSequenceAt..], baseSequence);
        BinaryPrimitives.WriteUInt32BigEndian(header[CrcAt..], Crc32C.Of(Bytes[AttributesAt..]));
    }

    /// <summary>The brokers have it. Its memory is given back.</summary>
    public void Complete()
    {
        Release();
        TrySetResult();
        Origin?.Complete();
    }

    /// <summary>Nobody will know. Its memory is given back.</summary>
    public void Cancel()
    {
        Release();
        TrySetCanceled(CancellationToken.None);
        Origin?.Cancel();
    }

    private void Release()
    {
        if (_bytes is { } bytes)
        {
            _bytes = null;
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static int Sized(int length) => Varint.Size(length) + length;

    private static void Write(Span<byte> target, ref int at, ReadOnlySpan<byte> bytes)
    {
        Varint.Write(target, ref at, bytes.Length);
        bytes.CopyTo(target[at..]);
        at += bytes.Length;
    }

    private Span<byte> Take(int size)
    {
        if (_bytes!.Length - _length < size)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_length + size, 2 * _bytes.Length));
            _bytes.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        _length += size;
        return _bytes.AsSpan(_length - size, size);
    }
}
