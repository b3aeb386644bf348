using System.Buffers.Binary;

namespace Sensing.Das.Recordings.Hdf5;

/// <summary>The first bytes of an HDF5 file (HDF5 File Format Specification 3.0, section II.A).</summary>
internal static class Superblock
{
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Whether the file begins as HDF5, and how many bytes it must have.</summary>
    /// <returns>Null where it does not begin as HDF5; 0 where it is too short to tell.</returns>
    public static long? DeclaredLength(Stream file)
    {
        Span<byte> head = stackalloc byte[48];
        file.Position = 0;
        int read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (!head[..Math.Min(read, 8)].SequenceEqual(Signature[..Math.Min(read, 8)]) || read == 0)
        {
            return null;
        }

        if (read < head.Length)
        {
            return 0;
        }

        // End-of-file address; the base address before it is nil in all but embedded files.
        return head[8] switch
        {
            0 when head[13] == 8 => BinaryPrimitives.ReadInt64LittleEndian(head[40..]),
            2 or 3 when head[9] == 8 => BinaryPrimitives.ReadInt64LittleEndian(head[28..]),
            _ => 0,
        };
    }
}
