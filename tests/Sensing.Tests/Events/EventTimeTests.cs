using System.Globalization;
using System.Text;
using CsCheck;
using Sensing.Events;

namespace Sensing.Tests.Events;

public class EventTimeTests
{
    /// <summary>Every order of magnitude of a fraction, so that trailing zeros occur.</summary>
    private static readonly Gen<DateTimeOffset> Instant = Gen.Select(
        Gen.Long[0, (DateTime.MaxValue.Ticks / TimeSpan.TicksPerSecond) - 1], Gen.Int[0, 9_999_999], Gen.Int[0, 7],
        (seconds, fraction, zeros) => new DateTimeOffset(
            (seconds * TimeSpan.TicksPerSecond) + (fraction / (int)Math.Pow(10, zeros) * (int)Math.Pow(10, zeros)), TimeSpan.Zero));

    [Fact]
    public void A_time_is_written_as_the_framework_writes_it() => Instant.Sample(time =>
        EventTime.Format(time) == time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));

    [Fact]
    public void A_time_is_read_back() => Instant.Sample(time => EventTime.TryParse(EventTime.Format(time), out DateTimeOffset read) && read == time);

    [Fact]
    public void UTF8_is_written_and_read_like_text() => Instant.Sample(time =>
    {
        Span<byte> bytes = stackalloc byte[EventTime.MaxLength];
        ReadOnlySpan<byte> written = bytes[..EventTime.Format(time, bytes)];
        Assert.Equal(EventTime.Format(time), Encoding.UTF8.GetString(written));
        Assert.True(EventTime.TryParseOwn(written, out DateTimeOffset read) && read == time);
    });

    [Fact]
    public void Bytes_that_are_no_digits_are_no_time() => Gen.Select(Instant, Gen.Int[0, 27], Gen.Byte).Sample((time, at, value) =>
    {
        byte[] bytes = Encoding.UTF8.GetBytes(EventTime.Format(time));
        bytes[at % bytes.Length] = value;
        if (EventTime.TryParseOwn(bytes, out DateTimeOffset read))
        {
            Assert.True(EventTime.TryParse(Encoding.Latin1.GetString(bytes), out DateTimeOffset expected) && read == expected);
        }
    });

    [Fact]
    public void Texts_like_times_are_read_as_the_framework_reads_them() =>
        Gen.Select(Instant, Gen.Int[0, 27], Gen.Char["0123456789-:.TZ+ x"]).Sample((time, at, character) =>
        {
            char[] text = EventTime.Format(time).ToCharArray();
            text[at % text.Length] = character;
            string changed = new(text);
            bool framework = DateTimeOffset.TryParse(
                    changed, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset expected)
                && changed.Contains('T', StringComparison.Ordinal) && (changed.EndsWith('Z') || changed.LastIndexOfAny(['+', '-']) > 10);
            Assert.Equal(framework, EventTime.TryParse(changed, out DateTimeOffset read));
            Assert.True(!framework || read == expected, changed);
        });

    [Theory]
    [InlineData("2026-01-02T12:00:00+01:00", "2026-01-02T11:00:00Z")]
    [InlineData("2026-01-02T12:00:00.50Z", "2026-01-02T12:00:00.5Z")]
    [InlineData("2026-01-02T12:00:00.123456789Z", "2026-01-02T12:00:00.1234568Z")]
    public void Other_forms_of_RFC_3339_are_read(string text, string expected)
    {
        Assert.True(EventTime.TryParse(text, out DateTimeOffset time));
        Assert.Equal(expected, EventTime.Format(time));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2026-01-02")]
    [InlineData("2026-01-02T12:00:00")]
    [InlineData("2026-02-29T12:00:00Z")]
    [InlineData("2026-01-02T25:00:00Z")]
    [InlineData("0000-01-02T12:00:00Z")]
    public void What_is_no_instant_is_refused(string? text) => Assert.False(EventTime.TryParse(text, out _));
}
