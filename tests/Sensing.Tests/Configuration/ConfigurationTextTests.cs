using System.Text.Json.Nodes;
using Sensing.Configuration;

namespace Sensing.Tests.Configuration;

public class ConfigurationTextTests
{
    private static JsonObject Root() => ConfigurationText.Parse("""{ "mqtt": { "port": 1883 }, "streams": [ { "name": "a" } ] }""", out _)!;

    [Theory]
    [InlineData("mqtt.port", "1884", """{"mqtt":{"port":1884},"streams":[{"name":"a"}]}""")]
    [InlineData("mqtt.host", "10.0.0.1", """{"mqtt":{"port":1883,"host":"10.0.0.1"},"streams":[{"name":"a"}]}""")]
    [InlineData("streams[0].name", "b", """{"mqtt":{"port":1883},"streams":[{"name":"b"}]}""")]
    [InlineData("outbox.maxMegabytes", "5", """{"mqtt":{"port":1883},"streams":[{"name":"a"}],"outbox":{"maxMegabytes":5}}""")]
    public void An_override_lies_over_the_file(string path, string value, string expected)
    {
        JsonObject root = Root();

        Assert.Null(ConfigurationText.Overlay(root, path, value));
        Assert.Equal(expected, root.ToJsonString());
    }

    [Theory]
    [InlineData("streams[1].name")]
    [InlineData("streams[x].name")]
    [InlineData("mqtt.port.x.y")]
    public void An_override_that_cannot_be_followed_is_a_mistake(string path) =>
        Assert.Equal(path, ConfigurationText.Overlay(Root(), path, "1")!.Path);

    [Fact]
    public void Variables_with_the_prefix_are_overrides_in_the_order_of_their_names() => Assert.Equal(
        [("mqtt.port", "1884"), ("site", "x"), ("streams[0].name", "b")],
        ConfigurationText.FromEnvironment(
        [
            KeyValuePair.Create("SENSING__streams__0__name", "b"),
            KeyValuePair.Create("SENSING__mqtt__port", "1884"),
            KeyValuePair.Create("SENSING__site", "x"),
            KeyValuePair.Create("SENSING_TEST_KAFKA", "no override"),
            KeyValuePair.Create("PATH", "/bin"),
        ], "SENSING__"));
}
