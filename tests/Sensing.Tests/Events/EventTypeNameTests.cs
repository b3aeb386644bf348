using System.Text.RegularExpressions;
using CsCheck;
using Sensing.Events;

namespace Sensing.Tests.Events;

public partial class EventTypeNameTests
{
    private static readonly Gen<string> Word = Gen.String[Gen.Char["abyz-"], 0, 34];

    [Fact]
    public void A_name_is_read_where_its_documented_form_matches() =>
        Gen.Select(Of("sensing.", "sensing", "Sensing.", ""), Word, Of(".", "..", "", "-"), Word, Of(".v", ".", "v", ".V"),
            Of("1", "0", "01", "12", "9999", "10000", "", "1x", "1\n", "1.", "²"))
        .Sample((head, pipeline, dot, fact, mark, version) =>
        {
            string name = head + pipeline + dot + fact + mark + version;
            Match match = Form().Match(name);
            Assert.Equal(match.Success, EventTypeName.TryParse(name, out EventTypeName? parsed));
            if (match.Success)
            {
                Assert.Equal(name, parsed!.ToString());
                Assert.Equal((match.Groups[1].Value, match.Groups[2].Value), (parsed.Pipeline, parsed.Fact));
            }
        });

    [Fact]
    public void Nothing_is_no_name() => Assert.False(EventTypeName.TryParse(null, out _));

    private static Gen<string> Of(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    [GeneratedRegex(@"^sensing\.([a-z]{1,32})\.([a-z][a-z-]{0,31})\.v([1-9][0-9]{0,3})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
