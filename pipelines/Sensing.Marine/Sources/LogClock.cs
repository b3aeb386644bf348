using System.Globalization;
using Sensing.Marine.Nmea;

namespace Sensing.Marine.Sources;

/// <summary>Times of a log's lines: from tag blocks, else from the GNSS sentences in it.</summary>
/// <param name="position">Where it resumes.</param>
internal sealed class LogClock(LogPosition position)
{
    private const int CenturyTurn = 80;

    /// <summary>The date of the last RMC or ZDA sentence; null: there was none yet.</summary>
    public DateTimeOffset? Date { get; private set; } = position.Date > 0 ? new DateTimeOffset(position.Date, TimeSpan.Zero) : null;

    /// <summary>A tag block has given a time: those of GNSS sentences, which are of another clock, are left aside.</summary>
    public bool HasTags { get; private set; } = position.HasTags;

    /// <summary>The time that a line gives; null where it gives none.</summary>
    public DateTimeOffset? TimeOf(ReadOnlySpan<byte> line)
    {
        if (NmeaSentence.Read(line, out NmeaSentence sentence) != NmeaRefusal.None || sentence.Address.IsEmpty)
        {
            return null;
        }

        if (sentence.Tag.UnixMilliseconds >= 0)
        {
            HasTags = true;
            return DateTimeOffset.FromUnixTimeMilliseconds(sentence.Tag.UnixMilliseconds);
        }

        return HasTags || sentence.IsAis ? null : Gnss(in sentence);
    }

    private DateTimeOffset? Gnss(in NmeaSentence sentence)
    {
        NmeaFields f = sentence.Fields;
        ReadOnlySpan<byte> first = f.Next();
        switch (sentence.Formatter)
        {
            case [(byte)'R', (byte)'M', (byte)'C']:
                for (int field = 0; field < 7; field++)
                {
                    f.Next();
                }

                ReadOnlySpan<byte> date = f.Next();
                return date.Length == 6 && Digits(date[4..]) is { } year
                    ? At(first, Digits(date[..2]), Digits(date[2..4]), year < CenturyTurn ? 2000 + year : 1900 + year)
                    : null;
            case [(byte)'Z', (byte)'D', (byte)'A']:
                return At(first, Digits(f.Next()), Digits(f.Next()), Digits(f.Next()));
            case [(byte)'G', (byte)'G', (byte)'A'] when Date is { } known && NmeaValue.TimeOfDay(first) is { } time:
                // Just after midnight the date is still yesterday's: half a day tells which it is.
                DateTimeOffset at = known.Date + time;
                return new DateTimeOffset((at < known.AddHours(-12) ? at.AddDays(1) : at).DateTime, TimeSpan.Zero);
            default:
                return null;
        }
    }

    private DateTimeOffset? At(ReadOnlySpan<byte> time, int? day, int? month, int? year)
    {
        if (NmeaValue.TimeOfDay(time) is not { } ofDay || day is null or < 1 || month is null or < 1 or > 12 || year is null or < 1980 or > 9998
            || day > DateTime.DaysInMonth(year.Value, month.Value))
        {
            return null;
        }

        Date = new DateTimeOffset(year.Value, month.Value, day.Value, 0, 0, 0, TimeSpan.Zero) + ofDay;
        return Date;
    }

    private static int? Digits(ReadOnlySpan<byte> text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
