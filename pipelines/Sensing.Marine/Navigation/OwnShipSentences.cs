using Sensing.Marine.Geodesy;
using Sensing.Marine.Nmea;
using Sensing.Marine.Vessels;

namespace Sensing.Marine.Navigation;

/// <summary>Sentences of own ship's instruments and of its radar (IEC 61162-1) to readings.</summary>
internal static class OwnShipSentences
{
    private const double KnotMs = VesselState.MakesWayMs;

    /// <summary>Faster than any vessel on the water, kn; AIS ends at 102.</summary>
    private const double FastestKn = 200;

    /// <summary>Reads a sentence; kinds that are not used leave <paramref name="into"/> without a kind.</summary>
    public static NmeaRefusal Read(in NmeaSentence sentence, NavigationReading into)
    {
        NmeaFields f = sentence.Fields;
        return sentence.Formatter switch
        {
            [(byte)'R', (byte)'M', (byte)'C'] => Rmc(ref f, into),
            [(byte)'G', (byte)'G', (byte)'A'] => Gga(ref f, into),
            [(byte)'G', (byte)'L', (byte)'L'] => Gll(ref f, into),
            [(byte)'V', (byte)'T', (byte)'G'] => Vtg(ref f, into),
            [(byte)'H', (byte)'D', (byte)'T'] or [(byte)'T', (byte)'H', (byte)'S'] => Heading(ref f, into),
            [(byte)'H', (byte)'D', (byte)'G'] => Hdg(ref f, into),
            [(byte)'R', (byte)'O', (byte)'T'] => Rot(ref f, into),
            [(byte)'V', (byte)'B', (byte)'W'] => Vbw(ref f, into),
            [(byte)'T', (byte)'T', (byte)'M'] => Ttm(ref f, into),
            [(byte)'T', (byte)'L', (byte)'L'] => Tll(ref f, into),
            _ => sentence.Address.SequenceEqual("PSENS"u8) ? Command(ref f, into) : NmeaRefusal.None,
        };
    }

    private static NmeaRefusal Rmc(ref NmeaFields f, NavigationReading into)
    {
        f.Next();
        bool valid = f.Next() is [(byte)'A'];
        double? lat = Latitude(ref f), lon = Longitude(ref f), speed = NmeaValue.Number(f.Next()), course = NmeaValue.Number(f.Next());
        return !valid ? NmeaRefusal.None : Position(lat, lon, speed, course, into);
    }

    private static NmeaRefusal Gga(ref NmeaFields f, NavigationReading into)
    {
        f.Next();
        double? lat = Latitude(ref f), lon = Longitude(ref f), quality = NmeaValue.Number(f.Next());

        // 0: no fix, 6: dead reckoning, 7: entered by hand, 8: simulator.
        return quality is > 0 and < 6 ? Position(lat, lon, null, null, into) : NmeaRefusal.None;
    }

    private static NmeaRefusal Gll(ref NmeaFields f, NavigationReading into)
    {
        double? lat = Latitude(ref f), lon = Longitude(ref f);
        f.Next();
        return f.Next() is [(byte)'A'] ? Position(lat, lon, null, null, into) : NmeaRefusal.None;
    }

    private static NmeaRefusal Vtg(ref NmeaFields f, NavigationReading into)
    {
        double? course = NmeaValue.Number(f.Next());
        f.Next();
        f.Next();
        f.Next();
        double? speed = NmeaValue.Number(f.Next());
        return Set(ReadingKind.Course, speed, course, into);
    }

    private static NmeaRefusal Heading(ref NmeaFields f, NavigationReading into) => SetHeading(NmeaValue.Number(f.Next()), into);

    /// <summary>A magnetic heading with deviation and variation. Without a variation the true heading is unknown.</summary>
    private static NmeaRefusal Hdg(ref NmeaFields f, NavigationReading into)
    {
        double? sensor = NmeaValue.Number(f.Next()), deviation = East(ref f), variation = East(ref f);
        return variation is null || sensor is null ? NmeaRefusal.None
            : !NmeaValue.IsWithin(sensor, 0, 360) ? NmeaRefusal.ImpossibleValue
            : SetHeading(Angle.Positive(sensor.Value + (deviation ?? 0) + variation.Value), into);
    }

    private static NmeaRefusal Rot(ref NmeaFields f, NavigationReading into)
    {
        double? turn = NmeaValue.Number(f.Next());
        if (turn is null || f.Next() is not [(byte)'A'])
        {
            return NmeaRefusal.None;
        }

        into.TurnDegMin = turn;
        return Keep(ReadingKind.Turn, NmeaValue.IsWithin(turn, -2000, 2000), into);
    }

    /// <summary>The speed over ground along the ship, where the log measures it.</summary>
    private static NmeaRefusal Vbw(ref NmeaFields f, NavigationReading into)
    {
        f.Next();
        f.Next();
        f.Next();
        double? along = NmeaValue.Number(f.Next()), across = NmeaValue.Number(f.Next());
        if (along is null || f.Next() is not [(byte)'A'])
        {
            return NmeaRefusal.None;
        }

        return Set(ReadingKind.Log, Math.Sqrt((along.Value * along.Value) + ((across ?? 0) * (across ?? 0))), null, into);
    }

    private static NmeaRefusal Ttm(ref NmeaFields f, NavigationReading into)
    {
        double? number = NmeaValue.Number(f.Next()), distance = NmeaValue.Number(f.Next()), bearing = NmeaValue.Number(f.Next());
        bool relative = f.Next() is [(byte)'R'];
        double? speed = NmeaValue.Number(f.Next()), course = NmeaValue.Number(f.Next());
        bool courseIsRelative = f.Next() is [(byte)'R'];
        f.Next();
        f.Next();
        (double metres, double knots) = f.Next() switch
        {
            [(byte)'K'] => (1000.0, 1 / 1.852),
            [(byte)'S'] => (1609.344, 1.609344 / 1.852),
            _ => (1852.0, 1.0),
        };
        f.Next();
        bool lost = f.Next() is [(byte)'L'];
        if (number is null || distance is null || bearing is null)
        {
            return NmeaRefusal.None;
        }

        if (!NmeaValue.IsWithin(number, 0, 999) || !NmeaValue.IsWithin(distance * metres, 0, 200_000) || !NmeaValue.IsWithin(bearing, 0, 360))
        {
            return NmeaRefusal.ImpossibleValue;
        }

        // A course from own bow is of use only with the bearing's axis, which is own ship's as well: both are turned later.
        (into.Target, into.RangeM, into.BearingDeg, into.IsRelative, into.IsLost) =
            ((int)number.Value, distance.Value * metres, bearing.Value, relative, lost);
        return Set(ReadingKind.RadarTarget, speed * knots, courseIsRelative == relative ? course : null, into);
    }

    private static NmeaRefusal Tll(ref NmeaFields f, NavigationReading into)
    {
        double? number = NmeaValue.Number(f.Next()), lat = Latitude(ref f), lon = Longitude(ref f);
        f.Next();
        f.Next();
        bool lost = f.Next() is [(byte)'L'];
        if (!NmeaValue.IsWithin(number ?? double.NaN, 0, 999))
        {
            return NmeaRefusal.ImpossibleValue;
        }

        NmeaRefusal refusal = Position(lat, lon, null, null, into);
        (into.Target, into.IsLost) = ((int)number!.Value, lost);
        into.Kind = into.Kind == ReadingKind.Position ? ReadingKind.RadarPosition : into.Kind;
        return refusal;
    }

    /// <summary><c>$PSENS,ACK,MMSI</c>, <c>MUTE</c> and <c>UNMUTE</c>: a plotter's or a person's answer to an alarm.</summary>
    private static NmeaRefusal Command(ref NmeaFields f, NavigationReading into)
    {
        ReadOnlySpan<byte> word = f.Next();
        TargetCommand? command = word.SequenceEqual("ACK"u8) ? TargetCommand.Acknowledge
            : word.SequenceEqual("MUTE"u8) ? TargetCommand.Mute
            : word.SequenceEqual("UNMUTE"u8) ? TargetCommand.Unmute : null;
        if (command is null || NmeaValue.Number(f.Next()) is not { } target || !(target is >= 0 and <= 999_999_999))
        {
            return NmeaRefusal.Fields;
        }

        (into.Command, into.Target) = (command.Value, (int)target);
        return Keep(ReadingKind.Command, true, into);
    }

    private static NmeaRefusal Position(double? lat, double? lon, double? speed, double? course, NavigationReading into)
    {
        if (lat is null || lon is null)
        {
            return NmeaRefusal.None;
        }

        if (double.IsNaN(lat.Value) || double.IsNaN(lon.Value))
        {
            return NmeaRefusal.ImpossibleValue;
        }

        into.Position = new GeoPosition(lat.Value, lon.Value);
        return Set(ReadingKind.Position, speed, course, into);
    }

    private static NmeaRefusal Set(ReadingKind kind, double? speedKn, double? course, NavigationReading into)
    {
        into.SpeedMs = speedKn * KnotMs;
        into.CourseDeg = course is { } degrees ? Angle.Positive(degrees) : null;
        return Keep(kind, NmeaValue.IsWithin(speedKn, 0, FastestKn) && NmeaValue.IsWithin(course, 0, 360), into);
    }

    private static NmeaRefusal SetHeading(double? heading, NavigationReading into)
    {
        if (heading is null)
        {
            return NmeaRefusal.None;
        }

        into.HeadingDeg = Angle.Positive(heading.Value);
        return Keep(ReadingKind.Heading, NmeaValue.IsWithin(heading, 0, 360), into);
    }

    private static NmeaRefusal Keep(ReadingKind kind, bool possible, NavigationReading into)
    {
        into.Kind = possible ? kind : ReadingKind.Nothing;
        return possible ? NmeaRefusal.None : NmeaRefusal.ImpossibleValue;
    }

    private static double? Latitude(ref NmeaFields f)
    {
        ReadOnlySpan<byte> field = f.Next();
        return NmeaValue.Degrees(field, f.Next(), 'N', 'S', 90);
    }

    private static double? Longitude(ref NmeaFields f)
    {
        ReadOnlySpan<byte> field = f.Next();
        return NmeaValue.Degrees(field, f.Next(), 'E', 'W', 180);
    }

    private static double? East(ref NmeaFields f)
    {
        double? value = NmeaValue.Number(f.Next());
        return f.Next() is [(byte)'W'] ? -value : value;
    }
}
