using System.Text.Json.Nodes;
using Sensing.Configuration;
using Sensing.Das.Sources;
using Sensing.Modules;
using Sensing.Streams;

namespace Sensing.Das.Tests.Sources;

public sealed class OptoDasZmqOptionsTests
{
    [Theory]
    [InlineData("tcp://optodas.example:5557")]
    [InlineData("tcp://10.1.2.3:1")]
    [InlineData("tcp://[fe80::1]:65535")]
    public void Endpoints_that_are_right(string endpoint) => Assert.Empty(Problems($$"""{ "endpoint": "{{endpoint}}", "unit": "1/s", "scale": 1 }"""));

    [Theory]
    [InlineData("optodas.example:5557")]
    [InlineData("udp://optodas.example:5557")]
    [InlineData("tcp://optodas.example")]
    [InlineData("tcp://:5557")]
    [InlineData("tcp://*:5557")]
    [InlineData("tcp://a b:5557")]
    [InlineData("tcp://fe80::1:5557")]
    [InlineData("tcp://optodas.example:0")]
    [InlineData("tcp://optodas.example:65536")]
    public void Endpoints_that_are_not(string endpoint)
    {
        string problem = Assert.Single(Problems($$"""{ "endpoint": "{{endpoint}}", "unit": "1/s", "scale": 1 }"""));
        Assert.StartsWith("endpoint: ", problem, StringComparison.Ordinal);
        Assert.Contains("must be tcp://host:port", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_stream_does_not_tell_must_be_given() =>
        Assert.Equal(["endpoint: is missing", "scale: is missing", "unit: is missing"], Problems("{ }").Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("\"unit\": \"rad/m/s\", \"scale\": 1", "sensitivity: is missing: rad/m/s becomes strain by it")]
    [InlineData("\"unit\": \"strain/s\", \"scale\": 1, \"sensitivity\": 9e6", "sensitivity: goes with the units rad/m/s and rad/m alone, not with strain/s")]
    [InlineData("\"unit\": \"volt\", \"scale\": 1", "unit: 'volt' is not known (known: rad/m/s, rad/m, 1/s, ")]
    [InlineData("\"unit\": \"1/s\", \"scale\": 0", "scale: must not be 0")]
    [InlineData("\"unit\": \"1/s\", \"scale\": 1, \"fromM\": 9, \"toM\": 9", "toM: must be above fromM (9)")]
    public void What_contradicts_itself_is_named(string options, string problem) =>
        Assert.StartsWith(problem, Assert.Single(Problems($$"""{ "endpoint": "tcp://h:1", {{options}} }""")), StringComparison.Ordinal);

    [Fact]
    public void It_is_known_by_its_type() =>
        Assert.Equal(typeof(OptoDasZmqSourceOptions), new ModuleCatalogue(new DasModule()).Streams.Of(StreamCatalogue.SourceKind).Single(source => source.Type == "optodas-zmq").OptionsType);

    private static IEnumerable<string> Problems(string json) =>
        new OptionsBinder(new StreamCatalogue()).Bind<OptoDasZmqSourceOptions>((JsonObject)JsonNode.Parse(json)!).Problems.Select(p => p.ToString());
}
