using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Description;
using Sensing.CloudIngest.Store;
using Sensing.CloudIngest.Tests.Support;
using Sensing.Configuration;
using Sensing.Events;
using Sensing.Testing;

namespace Sensing.CloudIngest.Tests.Configuration;

public class CloudConfigurationTests
{
    [Fact]
    public void An_empty_object_is_a_whole_configuration_on_loopback()
    {
        ConfigurationResult<CloudOptions> result = Bind("{}");

        Assert.True(result.IsValid);
        Assert.Null(result.Value!.Mqtt.External);
        Assert.Equal(("127.0.0.1", 1883, "http://127.0.0.1:8080"), (result.Value.Mqtt.Embedded.Address, result.Value.Mqtt.Embedded.Port, result.Value.Http.Address));
    }

    [Theory]
    [InlineData("""{"mqtt":{"embedded":{"address":"0.0.0.0"}}}""", "mqtt.embedded.address", "passwordFile")]
    [InlineData("""{"mqtt":{"embedded":{"address":"here"}}}""", "mqtt.embedded.address", "not an IP address")]
    [InlineData("""{"mqtt":{"external":{}}}""", "mqtt.external.host", "missing")]
    [InlineData("""{"mqtt":{"external":{"host":"h","passwordFile":"p"}}}""", "mqtt.external.user", "missing")]
    [InlineData("""{"mqtt":{"external":{"host":"h","tls":{"keyFile":"k"}}}}""", "mqtt.external.tls.certificateFile", "missing")]
    [InlineData("""{"http":{"address":"http://0.0.0.0:80"}}""", "http.address", "apiKeyFile")]
    [InlineData("""{"http":{"address":"https://127.0.0.1:80"}}""", "http.tls", "missing")]
    [InlineData("""{"http":{"address":"127.0.0.1:80"}}""", "http.address", "http://127.0.0.1:8080")]
    [InlineData("""{"http":{"address":"http://example:80"}}""", "http.address", "not an IP address")]
    [InlineData("""{"store":{"retention":[{"type":"*","hours":1},{"type":"sensing.a.b.v1","hours":1}]}}""", "store.retention[1].type", "never reached")]
    [InlineData(
        """{"kafka":{"bootstrapServers":"h:1","topics":{"overrides":[{"topic":"node"},{"topic":"moon"}]}}}""",
        "kafka.topics.overrides[1].topic", "unknown topic 'moon': use one of das, drone, marine, node, traffic, other, deadletter")]
    [InlineData("""{"store":{"postgres":{}}}""", "store.postgres.host", "missing")]
    [InlineData("""{"store":{"postgres":{"host":"h","timescale":"always"}}}""", "store.postgres.timescale", "required")]
    [InlineData("""{"store":{"postgres":{"host":"h","port":0}}}""", "store.postgres.port", "between 1 and")]
    [InlineData("""{"store":{"postgres":{"host":"h","tls":{"keyFile":"k"}}}}""", "store.postgres.tls.certificateFile", "missing")]
    [InlineData("""{"store":{"postgres":{"host":"/run/postgresql","tls":{}}}}""", "store.postgres.tls", "socket")]
    [InlineData("""{"stor":{}}""", "stor", "did you mean 'store'")]
    [InlineData("""{"limits":{"maxBatch":0}}""", "limits.maxBatch", "between 1 and")]
    public void A_mistake_is_named_with_its_path(string json, string path, string message)
    {
        ConfigurationResult<CloudOptions> result = Bind(json);

        Assert.False(result.IsValid);
        Assert.Contains(result.Problems, problem => problem.Path == path && problem.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Environment_and_command_line_override_the_file_in_this_order()
    {
        ConfigurationResult<CloudOptions> result = CloudConfiguration.Bind(
            """{"mqtt":{"embedded":{"port":1}}}""",
            [new("SENSING_CLOUD__mqtt__embedded__port", "2"), new("SENSING_CLOUD__limits__maxPage", "7")],
            [("mqtt.embedded.port", "3")],
            Sample.Catalogue);

        Assert.Equal((3, 7), (result.Value!.Mqtt.Embedded.Port, result.Value.Limits.MaxPage));
    }

    [Theory]
    [InlineData("sensing.das.waterfall.v1", 6)]
    [InlineData("sensing.das.vehicle.v1", 365 * 24)]
    public void Waterfalls_are_kept_for_hours_and_everything_else_for_a_year(string type, int hours) =>
        Assert.Equal(TimeSpan.FromHours(hours), new RetentionRules(new StoreOptions(), Sample.Catalogue).KeepFor(type));

    [Fact]
    public void Rules_take_the_place_of_what_types_ask_for()
    {
        StoreOptions options = Bind("""{"store":{"retention":[{"type":"sensing.das.flow.*","hours":2}]}}""").Value!.Store;
        var rules = new RetentionRules(options, Sample.Catalogue);

        Assert.Equal(TimeSpan.FromHours(2), rules.KeepFor("sensing.das.flow.v1"));
        Assert.Null(rules.KeepFor("sensing.das.waterfall.v1"));
        Assert.Null(rules.KeepFor("sensing.other.fact.v1"));
    }

    [Fact]
    public void A_topic_may_be_one_of_another_catalogue()
    {
        const string Json = """{"kafka":{"bootstrapServers":"h:1","topics":{"overrides":[{"topic":"weather","partitions":3}]}}}""";

        Assert.False(Bind(Json).IsValid);
        Assert.True(CloudConfiguration.Bind(Json, [], [], new EventCatalogue(WeatherEvents.Family)).IsValid);
    }

    [Fact]
    public void Zero_hours_keep_for_good() =>
        Assert.Null(new RetentionRules(new StoreOptions { Retention = [new RetentionOptions { Type = "*", Hours = 0 }] }, Sample.Catalogue).KeepFor("sensing.a.b.v1"));

    [Fact]
    public void The_generated_files_are_current() => Assert.Empty(CloudDescription.Files(Repository.Root, Sample.Catalogue).Stale());

    private static ConfigurationResult<CloudOptions> Bind(string json) => CloudConfiguration.Bind(json, [], [], Sample.Catalogue);
}
