namespace Sensing.Marine.Nmea;

/// <summary>A sentence of NMEA 0183 whose checksum is right.</summary>
public readonly ref struct NmeaSentence
{
    /// <summary>Longest line that is read, tag block included. The standard's limit is 82, which real senders exceed.</summary>
    public const int MaxLength = 1024;

    private NmeaSentence(ReadOnlySpan<byte> address, ReadOnlySpan<byte> fields, TagBlock tag)
    {
        Address = address;
        FieldText = fields;
        Tag = tag;
    }

    /// <summary>Talker and formatter, for example <c>GPRMC</c>.</summary>
    public ReadOnlySpan<byte> Address { get; }

    /// <summary>The fields after the address, with their commas.</summary>
    public ReadOnlySpan<byte> FieldText { get; }

    public TagBlock Tag { get; }

    /// <summary>The last three letters of the address, whoever talks: <c>RMC</c>.</summary>
    public ReadOnlySpan<byte> Formatter => Address[^3..];

    /// <summary>An AIS message as received (VDM) or as sent by own ship (VDO).</summary>
    public bool IsAis => Address is [.., (byte)'V', (byte)'D', (byte)'M' or (byte)'O'];

    public NmeaFields Fields => new(FieldText);

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line, with or without its end.</param>
    /// <param name="sentence">The sentence; default where the line holds none.</param>
    /// <returns>Why the line holds no sentence; <see cref="NmeaRefusal.None"/> where it does, and for empty lines and comments (#), whose
    /// <paramref name="sentence"/> has no address.</returns>
    public static NmeaRefusal Read(ReadOnlySpan<byte> line, out NmeaSentence sentence)
    {
        sentence = default;
        line = line.Trim(" \t\r\n"u8);
        if (line.IsEmpty || line[0] == (byte)'#')
        {
            return NmeaRefusal.None;
        }

        if (line.Length > MaxLength)
        {
            return NmeaRefusal.TooLong;
        }

        TagBlock tag = TagBlock.None;
        if (line[0] == (byte)'\\')
        {
            int end = line[1..].IndexOf((byte)'\\');
            if (end < 0)
            {
                return NmeaRefusal.Truncated;
            }

            tag = TagBlock.Read(line.Slice(1, end));
            line = line[(end + 2)..];
        }

        if (line.IsEmpty || line[0] is not ((byte)'$' or (byte)'!'))
        {
            return NmeaRefusal.NotASentence;
        }

        int star = line.IndexOf((byte)'*');
        if (star < 0 || line.Length < star + 3)
        {
            return NmeaRefusal.Truncated;
        }

        ReadOnlySpan<byte> body = line[1..star];
        if (!Checksum.Matches(body, line[(star + 1)..]))
        {
            return NmeaRefusal.Checksum;
        }

        int comma = body.IndexOf((byte)',');
        if (comma < 3)
        {
            return NmeaRefusal.Fields;
        }

        sentence = new NmeaSentence(body[..comma], body[(comma + 1)..], tag);
        return NmeaRefusal.None;
    }
}
