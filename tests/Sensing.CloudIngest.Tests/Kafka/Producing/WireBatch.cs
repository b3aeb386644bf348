using System.Text;

namespace Sensing.CloudIngest.Tests.Kafka.Producing;

/// <summary>A record batch as a broker reads it (https://kafka.apache.org/documentation/#recordbatch), uncompressed.</summary>
/// <param name="ProducerId">Who sends it.</param>
/// <param name="Sequence">Number of its first record.</param>
/// <param name="Crc">Checksum of its contents: with the same number it must be the same.</param>
/// <param name="Records">Its records.</param>
internal sealed record WireBatch(long ProducerId, int Sequence, uint Crc, IReadOnlyList<WireRecord> Records)
{
    private const uint Castagnoli = 0x82f63b78;

    /// <exception cref="InvalidDataException">It is not as it must be.</exception>
    public static WireBatch Read(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        Check(reader.Int64() == 0, "The first offset is not 0.");
        Check(reader.Int32() == reader.Left, "The length is not that of the rest.");
        Check(reader.Int32() == -1, "A client does not know the leader's epoch.");
        Check(reader.Byte() == 2, "The format is not 2.");
        uint crc = (uint)reader.Int32();
        Check(crc == SlowCrc32C(bytes.Span[^reader.Left..]), "The checksum is wrong.");
        Check(reader.Int16() == 0, "The attributes are not 0.");
        int lastDelta = reader.Int32();
        long baseTime = reader.Int64();
        long maxTime = reader.Int64();
        long producer = reader.Int64();
        Check(reader.Int16() >= 0, "There is no epoch.");
        int sequence = reader.Int32();
        Check(producer >= 0 && sequence >= 0, "It is not that of an idempotent producer.");
        int count = reader.Int32();
        Check(count > 0 && lastDelta == count - 1, "The last offset does not fit the number of records.");
        var records = new WireRecord[count];
        for (int i = 0; i < count; i++)
        {
            records[i] = Record(reader, i, baseTime);
        }

        Check(reader.Left == 0, "Something follows the last record.");
        Check(records.Max(record => record.Timestamp) == maxTime, "The largest time is not that of the records.");
        return new WireBatch(producer, sequence, crc, records);
    }

    /// <summary>CRC-32C bit by bit, from its polynomial.</summary>
    public static uint SlowCrc32C(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte one in bytes)
        {
            crc ^= one;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ Castagnoli;
            }
        }

        return ~crc;
    }

    private static WireRecord Record(WireReader reader, int index, long baseTime)
    {
        long length = reader.Varint();
        int end = reader.Left - (int)length;
        Check(end >= 0, "A record is longer than its batch.");
        Check(reader.Byte() == 0, "The attributes of a record are not 0.");
        long time = baseTime + reader.Varint();
        Check(reader.Varint() == index, "The offsets do not count up.");
        string key = Encoding.UTF8.GetString(reader.VarintBytes());
        byte[] value = reader.VarintBytes();
        var headers = new (string, string)[reader.Varint()];
        for (int i = 0; i < headers.Length; i++)
        {
            headers[i] = (Encoding.UTF8.GetString(reader.VarintBytes()), Encoding.UTF8.GetString(reader.VarintBytes()));
        }

        Check(reader.Left == end, "The length of a record is wrong.");
        return new WireRecord(key, value, headers, time);
    }

    private static void Check(bool isRight, string problem)
    {
        if (!isRight)
        {
            throw new InvalidDataException(problem);
        }
    }
}
