using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using K4os.Compression.LZ4;
using Sensing.CloudIngest.Configuration;
using Snappier;
using ZstdSharp;

namespace Sensing.CloudIngest.Log.Kafka.Producing;

/// <summary>Compression of a batch's records, in the forms that Kafka reads.</summary>
internal static class BatchCompression
{
    private const int ZstdLevel = 3;

    /// <summary>Room for the frame around what cannot be compressed, and for each block's length.</summary>
    private const int FrameBytes = 256;
    private const int BlockBytes = 8;

    /// <summary>Blocks of 64 KiB.</summary>
    private const int BlockSize = 64 * 1024;
    private const uint IsNotCompressed = 0x8000_0000;

    /// <summary>Frame of version 1: blocks of 64 KiB that need no other one (Kafka's reader demands it), no checksums; the last byte is the header's own.</summary>
    private static ReadOnlySpan<byte> FrameHeader => [0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x82];

    /// <summary>The number of a form in a batch's attributes.</summary>
    public static short Codec(KafkaCompression compression) => compression switch
    {
        KafkaCompression.None => 0,
        KafkaCompression.Gzip => 1,
        KafkaCompression.Snappy => 2,
        KafkaCompression.Lz4 => 3,
        KafkaCompression.Zstd => 4,
        _ => throw new NotSupportedException($"There is no compression {compression}."),
    };

    /// <summary>Compresses <paramref name="records"/>.</summary>
    /// <param name="compression">Any but none.</param>
    /// <param name="records">What is compressed.</param>
    /// <param name="before">Bytes left free before the result.</param>
    /// <param name="length">Length of the result, bytes.</param>
    /// <returns>A rented array; the result begins at <paramref name="before"/>.</returns>
    public static byte[] Compress(KafkaCompression compression, ReadOnlySpan<byte> records, int before, out int length)
    {
        int most = compression switch
        {
            KafkaCompression.Snappy => Snappy.GetMaxCompressedLength(records.Length),
            KafkaCompression.Zstd => Compressor.GetCompressBound(records.Length),
            KafkaCompression.Lz4 => FrameBytes + records.Length + (records.Length / BlockSize * BlockBytes),
            _ => FrameBytes + records.Length + (records.Length / 256),
        };
        byte[] packed = ArrayPool<byte>.Shared.Rent(before + most);
        length = compression switch
        {
            KafkaCompression.Snappy => Snappy.Compress(records, packed.AsSpan(before)),
            KafkaCompression.Zstd => Zstd(records, packed.AsSpan(before)),
            KafkaCompression.Lz4 => Lz4(records, packed.AsSpan(before)),
            _ => Gzip(records, packed, before),
        };
        return packed;
    }

    /// <summary>https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md</summary>
    private static int Lz4(ReadOnlySpan<byte> records, Span<byte> target)
    {
        FrameHeader.CopyTo(target);
        int at = FrameHeader.Length;
        for (; !records.IsEmpty; records = records[Math.Min(BlockSize, records.Length)..])
        {
            ReadOnlySpan<byte> block = records[..Math.Min(BlockSize, records.Length)];
            Span<byte> packed = target.Slice(at + sizeof(uint), block.Length);
            int length = LZ4Codec.Encode(block, packed);
            if (length <= 0 || length >= block.Length)
            {
                // As it is: it does not become smaller.
                block.CopyTo(packed);
                length = block.Length;
                BinaryPrimitives.WriteUInt32LittleEndian(target[at..], (uint)length | IsNotCompressed);
            }
            else
            {
                BinaryPrimitives.WriteInt32LittleEndian(target[at..], length);
            }

            at += sizeof(uint) + length;
        }

        BinaryPrimitives.WriteInt32LittleEndian(target[at..], 0);
        return at + sizeof(int);
    }

    private static int Zstd(ReadOnlySpan<byte> records, Span<byte> target)
    {
        using var zstd = new Compressor(ZstdLevel);
        return zstd.Wrap(records, target);
    }

    private static int Gzip(ReadOnlySpan<byte> records, byte[] target, int begin)
    {
        using var stream = new MemoryStream(target, begin, target.Length - begin);
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(records);
        }

        return (int)stream.Position;
    }
}
