using System.Buffers.Binary;

namespace Sensing.CloudIngest.Log.Kafka.Producing;

/// <summary>MurmurHash2 with the seed of Kafka's own clients (their <c>Utils.murmur2</c>): it says which partition a key belongs to.</summary>
internal static class Murmur2
{
    private const uint Seed = 0x9747b28c;
    private const uint M = 0x5bd1e995;
    private const int R = 24;

    /// <summary>The partition of <paramref name="key"/>, the one that every producer of Kafka's default partitioner chooses.</summary>
    /// <returns>0 to <paramref name="partitions"/> - 1.</returns>
    public static int Partition(ReadOnlySpan<byte> key, int partitions) => (int)(Of(key) & int.MaxValue) % partitions;

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint hash = Seed ^ (uint)bytes.Length;
        for (; bytes.Length >= sizeof(uint); bytes = bytes[sizeof(uint)..])
        {
            uint k = BinaryPrimitives.ReadUInt32LittleEndian(bytes) * M;
            k = (k ^ (k >> R)) * M;
            hash = (hash * M) ^ k;
        }

        if (bytes.Length > 0)
        {
            uint rest = 0;
            for (int i = bytes.Length - 1; i >= 0; i--)
            {
                rest = (rest << 8) | bytes[i];
            }

            hash = (hash ^ rest) * M;
        }

        hash = (hash ^ (hash >> 13)) * M;
        return hash ^ (hash >> 15);
    }
}
