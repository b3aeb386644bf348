namespace Sensing.Marine.Nmea;

/// <summary>Why a line was not used. Each is counted; none ends the stream.</summary>
public enum NmeaRefusal
{
    /// <summary>It was used, or there was nothing to refuse.</summary>
    None,

    /// <summary>It does not begin with '$', '!' or a tag block: a report of another program, or the rest of a line.</summary>
    NotASentence,

    /// <summary>It ends before its checksum.</summary>
    Truncated,

    /// <summary>The checksum differs from that of the characters.</summary>
    Checksum,

    /// <summary>The tag block is damaged. The sentence after it is used, without the tag block's time.</summary>
    TagBlock,

    /// <summary>A sentence of this kind has other fields.</summary>
    Fields,

    /// <summary>A value that cannot be: a latitude of 95°, 61 seconds, a speed of 2,000 kn.</summary>
    ImpossibleValue,

    /// <summary>The payload of an AIS sentence is empty.</summary>
    EmptyPayload,

    /// <summary>The payload of an AIS sentence holds a character outside its six-bit alphabet.</summary>
    Armour,

    /// <summary>More characters than any AIS message has.</summary>
    TooLong,

    /// <summary>The message ends before the fields of its type do.</summary>
    TooShort,

    /// <summary>Not one of the message types 1 to 27.</summary>
    UnknownType,

    /// <summary>A static data report (type 24) with a part number that is not defined.</summary>
    PartNumber,

    /// <summary>Other parts of the message did not come in time.</summary>
    PartsMissing,
}
