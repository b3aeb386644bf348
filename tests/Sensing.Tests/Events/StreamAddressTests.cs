using CsCheck;
using Sensing.Events;

namespace Sensing.Tests.Events;

public class StreamAddressTests
{
    private static readonly Gen<string> Name = Gen.String[Gen.Char["abcz0189-"], 1, 64].Where(s => s[0] != '-');

    [Fact]
    public void Every_address_is_read_back_from_its_source() => Gen.Select(Name, Name, Name).Sample((site, node, stream) =>
        StreamAddress.TryParse(new StreamAddress(site, node, stream).Source, out StreamAddress? read)
        && read == new StreamAddress(site, node, stream));

    [Theory]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData("A")]
    [InlineData("a/b")]
    [InlineData("a+")]
    [InlineData("a#")]
    [InlineData("a\n")]
    public void A_name_that_would_break_a_topic_or_a_path_is_refused(string name)
    {
        var error = Assert.Throws<ArgumentException>(() => new StreamAddress("site", name, "stream"));

        Assert.Contains($"'{name}' is no name for a node", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_of_65_characters_is_refused() => Assert.False(StreamAddress.IsName(new string('a', 65)));

    [Theory]
    [InlineData("/sites/a/nodes/b")]
    [InlineData("/sites/a/nodes/b/streams/c/")]
    [InlineData("sites/a/nodes/b/streams/c")]
    [InlineData("/sites/a/nodes/b/streams/c\n")]
    [InlineData(null)]
    public void Another_form_is_no_source(string? text) => Assert.False(StreamAddress.TryParse(text, out _));
}
