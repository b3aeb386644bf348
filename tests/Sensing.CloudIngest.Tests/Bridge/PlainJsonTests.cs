using System.Text;
using System.Text.Json;
using CsCheck;
using Sensing.CloudIngest.Bridge;

namespace Sensing.CloudIngest.Tests.Bridge;

/// <summary>Compared with the framework's reader.</summary>
public class PlainJsonTests
{
    private static readonly Gen<string> Numbers = Gen.OneOf(
        Gen.Char["0123456789+-.eE "].Array[1, 8].Select(characters => new string(characters)),
        Gen.Double.Select(value => JsonSerializer.Serialize(double.IsFinite(value) ? value : 0)),
        Gen.Long.Select(value => JsonSerializer.Serialize(value)));

    private static readonly Gen<string> Texts = Gen.Char["aB 0~\u007f\u001f\u0000\"\\n/é"].Array[0, 6].Select(characters => $"\"{new string(characters)}\"");

    [Fact]
    public void A_number_is_what_the_reader_takes_for_one() => Numbers.Sample(text =>
    {
        var json = new PlainJson(Encoding.UTF8.GetBytes(text));
        bool isNumber = json.TryNumber(out _, out PlainJson.NumberForm form) && json.IsAtEnd();
        Assert.Equal(Read(text, JsonValueKind.Number) is not null, isNumber);
        Assert.True(!isNumber || form == (text.AsSpan().ContainsAny('e', 'E') ? PlainJson.NumberForm.Exponent : text.Contains('.', StringComparison.Ordinal) ? PlainJson.NumberForm.Fraction : PlainJson.NumberForm.Whole));
    }, iter: 50_000);

    [Fact]
    public void A_double_is_one_for_the_reader_too_and_finite() => Numbers.Sample(text =>
    {
        var json = new PlainJson(Encoding.UTF8.GetBytes(text));
        if (json.TryDouble() && json.IsAtEnd())
        {
            Assert.True(double.IsFinite(Read(text, JsonValueKind.Number)!.Value.GetDouble()));
        }
    }, iter: 50_000);

    [Theory]
    [InlineData("1e100", true)]
    [InlineData("1.1e100", false)]
    [InlineData("1e308", false)]
    [InlineData("0e9", false)]
    [InlineData("-0.0", true)]
    [InlineData("1e309", false)]
    [InlineData("0123", false)]
    [InlineData("NaN", false)]
    public void What_a_double_holds(string text, bool isTaken)
    {
        var json = new PlainJson(Encoding.UTF8.GetBytes(text));
        Assert.Equal(isTaken, json.TryDouble() && json.IsAtEnd());
    }

    [Fact]
    public void A_text_is_one_for_the_reader_too_and_stands_for_itself()
    {
        int taken = 0;
        Texts.Sample(text =>
        {
            var json = new PlainJson(Encoding.UTF8.GetBytes(text));
            bool isText = json.TryText(out ReadOnlySpan<byte> quoted) && json.IsAtEnd();
            bool isPlain = text.Length >= 2 && text[1..^1].All(character => character is >= ' ' and <= '~' and not '"' and not '\\');
            Assert.Equal(isPlain, isText);
            if (isText)
            {
                Interlocked.Increment(ref taken);
                Assert.Equal(Read(text, JsonValueKind.String)!.Value.GetString(), Encoding.UTF8.GetString(quoted[1..^1]));
            }
        }, iter: 20_000);
        Assert.True(taken > 100, $"Only {taken} texts were plain: nothing was compared.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"")]
    [InlineData("\"a")]
    [InlineData("-")]
    public void What_ends_too_early_is_nothing(string text)
    {
        var json = new PlainJson(Encoding.UTF8.GetBytes(text));
        Assert.False(json.TryText(out _));
        json = new PlainJson(Encoding.UTF8.GetBytes(text));
        Assert.False(json.TryNumber(out _, out _));
        json = new PlainJson(Encoding.UTF8.GetBytes(text));
        Assert.False(json.TryTake((byte)'{') || json.TryTake("true"u8));
    }

    /// <summary>The one value that <paramref name="text"/> is; null where it is none.</summary>
    private static JsonElement? Read(string text, JsonValueKind kind)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == kind ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
