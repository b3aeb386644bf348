using System.Text;
using CsCheck;
using Sensing.Marine.Nmea;

namespace Sensing.Marine.Tests.Nmea;

public sealed class NmeaSentenceTests
{
    private static readonly Gen<string> Bodies = Gen.Select(
        Gen.String[Gen.Char['A', 'Z'], 5, 5], Gen.String[Gen.Char[(char)32, (char)126].Where(c => c is not ('*' or '$' or '!' or '\\')), 0, 200],
        (address, fields) => $"{address},{fields}");

    [Fact]
    public void Any_body_with_its_checksum_is_read_and_any_other_checksum_is_refused() => Gen.Select(Bodies, Gen.Int[1, 255]).Sample((body, change) =>
    {
        string line = Sentences.Of(body);
        Assert.Equal(NmeaRefusal.None, NmeaSentence.Read(Sentences.Bytes(line + "\r\n"), out NmeaSentence sentence));
        Assert.Equal(body, $"{Encoding.ASCII.GetString(sentence.Address)},{Encoding.ASCII.GetString(sentence.FieldText)}");

        string other = line[..^2] + (Convert.ToInt32(line[^2..], 16) ^ change).ToString("X2");
        Assert.Equal(NmeaRefusal.Checksum, NmeaSentence.Read(Sentences.Bytes(other), out _));
    });

    [Theory]
    [InlineData("$GPRMC,1,2", NmeaRefusal.Truncated)]
    [InlineData("$GPRMC,1,2*", NmeaRefusal.Truncated)]
    [InlineData("$GPRMC,1,2*5", NmeaRefusal.Truncated)]
    [InlineData("\\c:1565218798*53", NmeaRefusal.Truncated)]
    [InlineData("GA,032551.00,2234.5,N*58", NmeaRefusal.NotASentence)]
    [InlineData("{\"class\":\"AIS\"}", NmeaRefusal.NotASentence)]
    [InlineData("", NmeaRefusal.None)]
    [InlineData("# a comment with !AIVDM in it", NmeaRefusal.None)]
    public void What_is_no_sentence_is_refused_by_its_reason(string line, NmeaRefusal reason)
    {
        Assert.Equal(reason, NmeaSentence.Read(Sentences.Bytes(line), out NmeaSentence sentence));
        Assert.True(sentence.Address.IsEmpty);
    }

    [Fact]
    public void A_line_beyond_the_bound_is_refused() => Assert.Equal(
        NmeaRefusal.TooLong, NmeaSentence.Read(Sentences.Bytes(Sentences.Of("GPTXT," + new string('x', NmeaSentence.MaxLength))), out _));

    [Theory]
    [InlineData("c:1565218798", 1565218798000)]
    [InlineData("s:rORBCOMM000,c:1565218798", 1565218798000)]
    [InlineData("c:1565218798123,s:x", 1565218798123)]
    [InlineData("s:x", -1)]
    public void A_tag_block_gives_its_time_in_seconds_or_milliseconds(string block, long milliseconds)
    {
        NmeaSentence.Read(Sentences.Bytes(Sentences.Tagged(block, Sentences.Of("GPHDT,1.0,T"))), out NmeaSentence sentence);
        Assert.Equal(milliseconds, sentence.Tag.UnixMilliseconds);
        Assert.False(sentence.Tag.Damaged);
    }

    [Theory]
    [InlineData("\\c:1565218798*54\\")]
    [InlineData("\\c:99999999999999999999*6A\\")]
    [InlineData("\\c:1565218798\\")]
    public void A_damaged_tag_block_does_not_cost_the_sentence(string block)
    {
        Assert.Equal(NmeaRefusal.None, NmeaSentence.Read(Sentences.Bytes(block + Sentences.Of("GPHDT,1.0,T")), out NmeaSentence sentence));
        Assert.True(sentence.Tag.Damaged);
        Assert.Equal(-1, sentence.Tag.UnixMilliseconds);
        Assert.Equal("HDT", Encoding.ASCII.GetString(sentence.Formatter));
    }

    [Fact]
    public void A_group_of_a_tag_block_has_its_number()
    {
        NmeaSentence.Read(Sentences.Bytes(Sentences.Tagged("g:1-2-4711,s:x", Sentences.Of("GPHDT,1.0,T"))), out NmeaSentence sentence);
        Assert.Equal(4711, sentence.Tag.Group);
    }
}
