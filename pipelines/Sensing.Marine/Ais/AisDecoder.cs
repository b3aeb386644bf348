using Sensing.Marine.Nmea;

namespace Sensing.Marine.Ais;

/// <summary>Bits to fields (ITU-R M.1371-5, annex 8, tables 45 to 87).</summary>
/// <remarks>A message may be shorter than its type by spare and radio bits at its end, which real transponders leave out; never by a field.</remarks>
internal static class AisDecoder
{
    /// <summary>Type, repeat indicator and MMSI.</summary>
    private const int HeaderBits = 38;

    /// <summary>MMSI 98…: a craft of a parent ship.</summary>
    private const int FirstAuxiliary = 980_000_000, LastAuxiliary = 989_999_999;

    /// <summary>Fields of <paramref name="bits"/> into <paramref name="message"/>.</summary>
    public static NmeaRefusal Decode(in AisBits bits, AisMessage message)
    {
        if (bits.Length < HeaderBits)
        {
            return bits.Length == 0 ? NmeaRefusal.EmptyPayload : NmeaRefusal.TooShort;
        }

        message.Type = bits.Unsigned(0, 6);
        message.Repeat = bits.Unsigned(6, 2);
        message.Mmsi = bits.Unsigned(8, 30);
        if (message.Type is 0 or > 27)
        {
            return NmeaRefusal.UnknownType;
        }

        if (bits.Length < BitsOf(message.Type))
        {
            return NmeaRefusal.TooShort;
        }

        switch (message.Type)
        {
            case 1 or 2 or 3:
                Position(in bits, message);
                break;
            case 4 or 11:
                BaseStation(in bits, message);
                break;
            case 5:
                Voyage(in bits, message);
                break;
            case 9:
                Aircraft(in bits, message);
                break;
            case 18:
                ClassB(in bits, message);
                break;
            case 19:
                ExtendedClassB(in bits, message);
                break;
            case 21:
                Aid(in bits, message);
                break;
            case 24:
                return StaticData(in bits, message);
            case 27:
                LongRange(in bits, message);
                break;
        }

        return NmeaRefusal.None;
    }

    /// <summary>Up to the last bit of the last field that is decoded.</summary>
    private static int BitsOf(int type) => type switch
    {
        1 or 2 or 3 or 4 or 11 => 149,
        5 => 423,
        9 or 18 => 148,
        19 => 307,
        21 => 270,
        24 => 40,
        27 => 95,
        _ => HeaderBits,
    };

    private static void Position(in AisBits bits, AisMessage m)
    {
        m.Status = bits.Unsigned(38, 4);
        m.Turn = bits.Signed(42, 8);
        m.Speed = bits.Unsigned(50, 10);
        m.Accuracy = bits.Unsigned(60, 1);
        m.Lon = bits.Signed(61, 28);
        m.Lat = bits.Signed(89, 27);
        m.Course = bits.Unsigned(116, 12);
        m.Heading = bits.Unsigned(128, 9);
        m.Second = bits.Unsigned(137, 6);
        m.Maneuver = bits.Unsigned(143, 2);
        m.Raim = bits.Unsigned(148, 1);
    }

    private static void BaseStation(in AisBits bits, AisMessage m)
    {
        m.Year = bits.Unsigned(38, 14);
        m.Month = bits.Unsigned(52, 4);
        m.Day = bits.Unsigned(56, 5);
        m.Hour = bits.Unsigned(61, 5);
        m.Minute = bits.Unsigned(66, 6);
        m.Second = bits.Unsigned(72, 6);
        m.Accuracy = bits.Unsigned(78, 1);
        m.Lon = bits.Signed(79, 28);
        m.Lat = bits.Signed(107, 27);
        m.Epfd = bits.Unsigned(134, 4);
        m.Raim = bits.Unsigned(148, 1);
    }

    private static void Voyage(in AisBits bits, AisMessage m)
    {
        m.AisVersion = bits.Unsigned(38, 2);
        m.Imo = bits.Unsigned(40, 30);
        m.CallSign = AisText.Decode(in bits, 70, 7);
        m.Name = AisText.Decode(in bits, 112, 20);
        m.ShipType = bits.Unsigned(232, 8);
        Dimensions(in bits, 240, m);
        m.Epfd = bits.Unsigned(270, 4);
        m.Month = bits.Unsigned(274, 4);
        m.Day = bits.Unsigned(278, 5);
        m.Hour = bits.Unsigned(283, 5);
        m.Minute = bits.Unsigned(288, 6);
        m.Draught = bits.Unsigned(294, 8);
        m.Destination = AisText.Decode(in bits, 302, 20);
        m.Dte = bits.Unsigned(422, 1);
    }

    private static void Aircraft(in AisBits bits, AisMessage m)
    {
        m.Altitude = bits.Unsigned(38, 12);
        m.Speed = bits.Unsigned(50, 10);
        m.Accuracy = bits.Unsigned(60, 1);
        m.Lon = bits.Signed(61, 28);
        m.Lat = bits.Signed(89, 27);
        m.Course = bits.Unsigned(116, 12);
        m.Second = bits.Unsigned(128, 6);
        m.Raim = bits.Unsigned(147, 1);
    }

    private static void ClassB(in AisBits bits, AisMessage m)
    {
        ClassBPosition(in bits, m);
        m.CarrierSense = bits.Unsigned(141, 1);
        m.Display = bits.Unsigned(142, 1);
        m.Dsc = bits.Unsigned(143, 1);
        m.Band = bits.Unsigned(144, 1);
        m.Message22 = bits.Unsigned(145, 1);
        m.Raim = bits.Unsigned(147, 1);
    }

    private static void ExtendedClassB(in AisBits bits, AisMessage m)
    {
        ClassBPosition(in bits, m);
        m.Name = AisText.Decode(in bits, 143, 20);
        m.ShipType = bits.Unsigned(263, 8);
        Dimensions(in bits, 271, m);
        m.Epfd = bits.Unsigned(301, 4);
        m.Raim = bits.Unsigned(305, 1);
        m.Dte = bits.Unsigned(306, 1);
    }

    private static void ClassBPosition(in AisBits bits, AisMessage m)
    {
        m.Speed = bits.Unsigned(46, 10);
        m.Accuracy = bits.Unsigned(56, 1);
        m.Lon = bits.Signed(57, 28);
        m.Lat = bits.Signed(85, 27);
        m.Course = bits.Unsigned(112, 12);
        m.Heading = bits.Unsigned(124, 9);
        m.Second = bits.Unsigned(133, 6);
    }

    private static void Aid(in AisBits bits, AisMessage m)
    {
        const int name = 20, fixedBits = 272, extension = 14;
        m.AidType = bits.Unsigned(38, 5);
        m.Name = AisText.Decode(in bits, 43, name);
        m.Accuracy = bits.Unsigned(163, 1);
        m.Lon = bits.Signed(164, 28);
        m.Lat = bits.Signed(192, 27);
        Dimensions(in bits, 219, m);
        m.Epfd = bits.Unsigned(249, 4);
        m.Second = bits.Unsigned(253, 6);
        m.OffPosition = bits.Unsigned(259, 1);
        m.Raim = bits.Unsigned(268, 1);
        m.VirtualAid = bits.Unsigned(269, 1);
        m.Name = m.Name.Continued(in bits, fixedBits, Math.Clamp((bits.Length - fixedBits) / 6, 0, extension), name);
    }

    private static NmeaRefusal StaticData(in AisBits bits, AisMessage m)
    {
        m.PartNumber = bits.Unsigned(38, 2);
        m.MothershipMmsi = 0;
        switch (m.PartNumber)
        {
            case 0 when bits.Length >= 160:
                m.Name = AisText.Decode(in bits, 40, 20);
                return NmeaRefusal.None;
            case 1 when bits.Length >= 162:
                m.ShipType = bits.Unsigned(40, 8);
                m.CallSign = AisText.Decode(in bits, 90, 7);
                if (m.Mmsi is >= FirstAuxiliary and <= LastAuxiliary)
                {
                    m.MothershipMmsi = bits.Unsigned(132, 30);
                }
                else
                {
                    Dimensions(in bits, 132, m);
                }

                return NmeaRefusal.None;
            default:
                return m.PartNumber > 1 ? NmeaRefusal.PartNumber : NmeaRefusal.TooShort;
        }
    }

    private static void LongRange(in AisBits bits, AisMessage m)
    {
        m.Accuracy = bits.Unsigned(38, 1);
        m.Raim = bits.Unsigned(39, 1);
        m.Status = bits.Unsigned(40, 4);
        m.Lon = bits.Signed(44, 18);
        m.Lat = bits.Signed(62, 17);
        m.Speed = bits.Unsigned(79, 6);
        m.Course = bits.Unsigned(85, 9);
        m.Gnss = bits.Unsigned(94, 1);
    }

    private static void Dimensions(in AisBits bits, int at, AisMessage m)
    {
        m.ToBow = bits.Unsigned(at, 9);
        m.ToStern = bits.Unsigned(at + 9, 9);
        m.ToPort = bits.Unsigned(at + 18, 6);
        m.ToStarboard = bits.Unsigned(at + 24, 6);
    }
}
