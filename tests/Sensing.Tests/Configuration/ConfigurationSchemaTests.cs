using NJsonSchema;
using Sensing.Configuration;

namespace Sensing.Tests.Configuration;

/// <summary>The schema is held against an independent validator: it must accept and refuse what the binder does.</summary>
public class ConfigurationSchemaTests
{
    private static readonly string Schema = new ConfigurationSchema(SampleCatalogue.Create()).Of<SampleOptions>("A sample").ToJsonString();

    [Theory]
    [InlineData("""{ "site": "a", "streams": [ {"name":"a","source":{"type":"file","path":"x"},"das":{}} ] }""")]
    [InlineData("""{ "site": "a", "port": 5, "limits": {"bytes": null}, "streams": [ {"name":"a","source":{"type":"other","path":"x","masked":[1]},"das":{"speed":{"minSpeedKmh":5}}} ] }""")]
    [InlineData("""{ "streams": [ {"name":"a","source":{"type":"file","path":"x"},"das":{}} ] }""")]
    [InlineData("""{ "site": "A", "streams": [ {"name":"a","source":{"type":"file","path":"x"},"das":{}} ] }""")]
    [InlineData("""{ "site": "a", "streams": [] }""")]
    [InlineData("""{ "site": "a", "port": 0, "streams": [ {"name":"a","source":{"type":"file","path":"x"},"das":{}} ] }""")]
    [InlineData("""{ "site": "a", "limits": {"minSpeedKmh": 0}, "streams": [ {"name":"a","source":{"type":"file","path":"x"},"das":{}} ] }""")]
    [InlineData("""{ "site": "a", "limits": {"mode": "x"}, "streams": [ {"name":"a","source":{"type":"file","path":"x"},"das":{}} ] }""")]
    [InlineData("""{ "site": "a", "streams": [ {"name":"a","source":{"type":"none","path":"x"},"das":{}} ] }""")]
    [InlineData("""{ "site": "a", "streams": [ {"name":"a","source":{"type":"file","path":"x"}} ] }""")]
    [InlineData("""{ "site": "a", "streams": [ {"name":"a","source":{"type":"file","path":"x"},"das":{},"more":1} ] }""")]
    public async Task Schema_and_binder_agree(string text)
    {
        JsonSchema schema = await JsonSchema.FromJsonAsync(Schema, TestContext.Current.CancellationToken);
        bool bound = new OptionsBinder(SampleCatalogue.Create()).Bind<SampleOptions>(ConfigurationText.Parse(text, out _)!).IsValid;

        Assert.Equal(bound, schema.Validate(text).Count == 0);
    }

    [Fact]
    public void The_reference_names_every_option_with_its_limits_and_default()
    {
        string text = new ConfigurationReference(SampleCatalogue.Create()).Of<SampleOptions>("node.json", "One file a node.");

        Assert.Contains("| `port` | whole number, ≥ 1, ≤ 65535 | `1883` | Port. |", text, StringComparison.Ordinal);
        Assert.Contains("| `site` | text, lower-case letters | required | Name of the site. |", text, StringComparison.Ordinal);
        Assert.Contains("| `limits.mode` | `block`, `dropOldest` | `\"dropOldest\"` | Mode. |", text, StringComparison.Ordinal);
        Assert.Contains("| `streams[].<pipeline>` | object; the key is one of `das` | required | What is made of them. |", text, StringComparison.Ordinal);
        Assert.Contains("## Source `file`", text, StringComparison.Ordinal);
        Assert.Contains("## Pipeline `das`", text, StringComparison.Ordinal);
    }
}
