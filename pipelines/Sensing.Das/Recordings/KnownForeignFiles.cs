namespace Sensing.Das.Recordings;

/// <summary>Files of other containers than HDF5 and NumPy that hold recordings, by their first bytes, so that an error can name them.</summary>
internal static class KnownForeignFiles
{
    private const int SegyTextBytes = 3200;

    private static ReadOnlySpan<byte> Hdf5 => [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The format's name; null for a file that nobody knows.</summary>
    public static string? NameOf(Stream file)
    {
        var head = new byte[SegyTextBytes];
        int read = At(file, 0, head);
        ReadOnlySpan<byte> start = head.AsSpan(0, read);
        if (start.StartsWith("TDSm"u8))
        {
            return "an NI TDMS file, as Silixa interrogators write them";
        }

        if (start.StartsWith(new byte[] { 0x44, 0x33, 0x22, 0x11 }))
        {
            return "a Sintela Onyx binary file";
        }

        if (read >= 8 && ((start[..6].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0 && start[6] is (byte)'D' or (byte)'R' or (byte)'Q' or (byte)'M')
            || start.StartsWith(new byte[] { (byte)'M', (byte)'S', 3 })))
        {
            return "a mini-SEED file";
        }

        // SEG-Y's first 3200 bytes are 40 cards that begin with C, in EBCDIC or ASCII.
        if (read == SegyTextBytes && ((head[0] == 0xC3 && head[80] == 0xC3 && head[160] == 0xC3) || (head[0] == 'C' && head[80] == 'C' && head[160] == 'C')))
        {
            return "a SEG-Y file";
        }

        var signature = new byte[8];
        for (long offset = 512; offset < Math.Min(file.Length, 1 << 20); offset *= 2)
        {
            if (At(file, offset, signature) == signature.Length && signature.AsSpan().SequenceEqual(Hdf5))
            {
                return $"an HDF5 file with a user block of {offset} bytes before it";
            }
        }

        return null;
    }

    private static int At(Stream file, long offset, byte[] bytes)
    {
        file.Position = offset;
        return file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
    }
}
