using System.Text;

namespace Sensing.Das.Tests.Recordings;

/// <summary>A minimal HDF5 file whose root group holds soft links that lead to each other (HDF5 File Format Specification 3.0).</summary>
internal static class SoftLinkLoop
{
    private static readonly string[] Names = ["strain_rate", "acqSpec", "Acquisition", "DAS", "traces"];

    public static byte[] File()
    {
        using var messages = new MemoryStream();
        using (var writer = new BinaryWriter(messages, Encoding.ASCII, leaveOpen: true))
        {
            // Link info: version 0, no flags, no dense storage; group info: version 0, no flags.
            Message(writer, 0x02, [0, 0, .. Enumerable.Repeat((byte)0xFF, 16)]);
            Message(writer, 0x0A, [0, 0]);
            foreach (string name in Names)
            {
                byte[] target = Encoding.ASCII.GetBytes("/" + (name == "strain_rate" ? "acqSpec" : "strain_rate") + "/x");

                // Link: version 1, type present, one byte of name length; soft link with its value's length.
                Message(writer, 0x06, [1, 0x08, 1, (byte)name.Length, .. Encoding.ASCII.GetBytes(name), (byte)target.Length, 0, .. target]);
            }
        }

        byte[] content = messages.ToArray();
        using var file = new MemoryStream();
        using var all = new BinaryWriter(file);

        // Superblock version 2: 48 bytes, the root's header right behind it. Checksums are not checked.
        all.Write([0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A, 2, 8, 8, 0]);
        all.Write(0L);
        all.Write(-1L);
        all.Write((long)(48 + 4 + 1 + 1 + 2 + content.Length + 4));
        all.Write(48L);
        all.Write(0);
        all.Write(Encoding.ASCII.GetBytes("OHDR"));
        all.Write((byte)2);
        all.Write((byte)1);
        all.Write((ushort)content.Length);
        all.Write(content);
        all.Write(0);
        return file.ToArray();
    }

    private static void Message(BinaryWriter writer, byte type, byte[] data)
    {
        writer.Write(type);
        writer.Write((ushort)data.Length);
        writer.Write((byte)0);
        writer.Write(data);
    }
}
