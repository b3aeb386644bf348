using System.Text.Json.Nodes;
using Sensing.Configuration;
using Sensing.Streams;

namespace Sensing.Tests.Configuration;

public class OptionsBinderTests
{
    private const string Good = """
        {
          // comments are allowed
          "$schema": "../schemas/node.schema.json",
          "site": "poznan",
          "limits": { "mode": "block", "bytes": 12 },
          "streams": [ { "name": "street", "source": { "type": "file", "path": "x.h5", "masked": [1, 2] }, "das": { "speed": { "minSpeedKmh": 20 } } } ],
        }
        """;

    private static ConfigurationResult<SampleOptions> Bind(string text)
    {
        JsonObject root = ConfigurationText.Parse(text, out ConfigurationProblem? problem)
            ?? throw new InvalidOperationException(problem!.ToString());
        return new OptionsBinder(SampleCatalogue.Create()).Bind<SampleOptions>(root);
    }

    private static string[] Problems(string text) => [.. Bind(text).Problems.Select(p => p.ToString())];

    [Fact]
    public void Values_are_taken_and_the_rest_keeps_its_default()
    {
        SampleOptions options = Bind(Good).Value!;

        Assert.Equal("poznan", options.Site);
        Assert.Equal(1883, options.Port);
        Assert.Equal(SampleMode.Block, options.Limits.Mode);
        Assert.Equal(12, options.Limits.Bytes);
        var source = Assert.IsType<SampleSourceOptions>(options.Streams[0].Source!.Options);
        Assert.Equal([1, 2], source.Masked);
        var pipeline = Assert.IsType<SamplePipelineOptions>(options.Streams[0].Pipeline!.Options);
        Assert.Equal("das", options.Streams[0].Pipeline!.Type);
        Assert.Equal(20, pipeline.Speed.MinSpeedKmh);
        Assert.Equal(140, pipeline.Speed.MaxSpeedKmh);
    }

    [Fact]
    public void Every_mistake_is_named_at_once_with_its_path()
    {
        string[] problems = Problems("""
            {
              "site": "Poznan", "prot": 1,  "port": 0,
              "limits": { "mode": "drop", "bytes": "many", "minSpeedKmh": 0 },
              "streams": [
                { "name": "a", "source": { "type": "flie" }, "das": {} },
                { "source": { "type": "file", "path": 3 } },
                { "name": "c", "source": { "type": "file", "path": "x" }, "das": { "speed": { "minSpeedKmh": 80, "maxSpeedKmh": 70 } } },
                null
              ]
            }
            """);

        Assert.Equal(
        [
            "site: 'Poznan' must be lower-case letters",
            "port: must be between 1 and 65535, not 0",
            "limits.minSpeedKmh: must be above 0, not 0",
            "limits.mode: must be one of block, dropOldest, not \"drop\"",
            "limits.bytes: must be a whole number, not \"many\"",
            "streams[0].source.type: unknown source 'flie'; did you mean 'file'? (known: file)",
            "streams[1].name: is missing",
            "streams[1].source.path: must be a text, not 3: write \"3\"",
            "streams[1]: names no pipeline: add one of these keys with its options: das",
            "streams[2].das.speed.maxSpeedKmh: must be above minSpeedKmh (80)",
            "streams[3]: must not be null",
            "prot: is not known here; did you mean 'port'?",
        ], problems);
    }

    [Theory]
    [InlineData("""{ "streams": [ {"name":"a","source":{"type":"file","path":"x"},"das":{}} ] }""", "site: is missing")]
    [InlineData("""{ "site": "a", "streams": [] }""", "streams: must be at least 1 items, not 0 items")]
    [InlineData("""{ "site": "a", "streams": {} }""", "streams: must be an array, not an object")]
    [InlineData("""{ "site": null, "streams": [ {"name":"a","source":{"type":"file","path":"x"},"das":{}} ] }""", "site: must not be null")]
    [InlineData("""{ "site": "a", "streams": [ {"name":"a","source":{"path":"x"},"das":{}} ] }""", "streams[0].source.type: is missing: choose one of file")]
    [InlineData("""{ "site": "a", "streams": [ {"name":"a","source":{"type":"file","path":"x"},"das":[]} ] }""", "streams[0].das: must be an object, not an array")]
    public void A_single_mistake_is_the_only_one_reported(string text, string expected) => Assert.Equal([expected], Problems(text));

    [Fact]
    public void A_missing_value_that_may_be_absent_is_no_mistake() =>
        Assert.Null(Bind(Good.Replace(", \"bytes\": 12", "", StringComparison.Ordinal)).Value!.Limits.Bytes);

    [Theory]
    [InlineData("{ \"site\": \"a\",\n  oops }", "line 2, column 3")]
    [InlineData("[]", "the file must hold one JSON object")]
    public void Text_that_is_no_object_is_refused_with_its_place(string text, string expected)
    {
        Assert.Null(ConfigurationText.Parse(text, out ConfigurationProblem? problem));
        Assert.Contains(expected, problem!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_given_twice_is_refused() =>
        Assert.Null(ConfigurationText.Parse("""{ "site": "a", "site": "b" }""", out _));

    [Fact]
    public void A_source_that_does_not_fit_its_pipeline_is_told_with_those_that_do() => Assert.Equal(
        "a 'other' source does not yield what the 'das' pipeline takes (sources that do: file)",
        SampleCatalogue.Create().Mismatch("other", "das"));

    [Fact]
    public void Visiting_a_stream_that_does_not_fit_is_an_error() => Assert.Throws<ArgumentException>(() => SampleCatalogue.Create().Visit(
        new ComponentChoice("other", new SampleSourceOptions()), new ComponentChoice("das", new SamplePipelineOptions()),
        SampleCatalogue.Context, new NameVisitor()));

    [Fact]
    public void Visiting_a_stream_hands_over_its_sample_type() => Assert.Equal("SampleReading", SampleCatalogue.Create().Visit(
        new ComponentChoice("file", new SampleSourceOptions()), new ComponentChoice("das", new SamplePipelineOptions()),
        SampleCatalogue.Context, new NameVisitor()));

    private sealed class NameVisitor : IStreamVisitor<string>
    {
        public string Visit<TSample>(StreamParts<TSample> stream)
            where TSample : class, ITimed => typeof(TSample).Name;
    }
}
