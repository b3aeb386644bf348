using System.Text.Json.Nodes;
using Sensing.Configuration;
using Sensing.Streams;

namespace Sensing.Das.Tests.Options;

public sealed class PresetTests
{
    [Theory]
    [InlineData("street")]
    [InlineData("highway")]
    [InlineData("signal")]
    public void A_preset_alone_is_that_presets_values(string name)
    {
        DasOptions expected = name switch { "street" => DasOptions.Street, "highway" => DasOptions.Highway, _ => DasOptions.Signal };
        Assert.Equivalent(expected, Bind($$"""{ "preset": "{{name}}" }""").Value, strict: true);
    }

    [Fact]
    public void Values_given_beside_a_preset_go_over_it_and_the_rest_stays()
    {
        DasOptions bound = Bind("""{ "detect": { "threshold": 0.9 }, "preset": "street", "maxSpeedKmh": 90 }""").Value!;
        DasOptions expected = DasOptions.Street with { MaxSpeedKmh = 90, Detect = DasOptions.Street.Detect with { Threshold = 0.9 } };
        Assert.Equivalent(expected, bound, strict: true);
        Assert.NotEqual(0.9, DasOptions.Street.Detect.Threshold);
    }

    [Fact]
    public void Without_a_preset_the_defaults_hold() =>
        Assert.Equivalent(new DasOptions(), Bind("{}").Value, strict: true);

    [Fact]
    public void An_unknown_preset_is_named_with_those_there_are()
    {
        ConfigurationProblem problem = Assert.Single(Bind("""{ "preset": "stret" }""").Problems);
        Assert.Equal("preset", problem.Path);
        Assert.Contains("'stret' must be one of street, highway, signal", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Masked_channels_are_ranges_with_both_ends()
    {
        Assert.Equal([new ChannelRange { From = 3, To = 5 }], Bind("""{ "maskedChannels": [ { "from": 3, "to": 5 } ] }""").Value!.MaskedChannels);
        string[] problems = [.. Bind("""{ "maskedChannels": [ { "from": 5, "to": 3 }, { "from": 1 } ] }""").Problems.Select(p => p.ToString())];
        Assert.Contains(problems, p => p.StartsWith("maskedChannels[0].to", StringComparison.Ordinal) && p.Contains("must not be before from (5)", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.StartsWith("maskedChannels[1].to", StringComparison.Ordinal) && p.Contains("is missing", StringComparison.Ordinal));
    }

    private static ConfigurationResult<DasOptions> Bind(string json) =>
        new OptionsBinder(new StreamCatalogue()).Bind<DasOptions>((JsonObject)JsonNode.Parse(json)!);
}
