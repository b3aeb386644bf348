using Sensing.CloudIngest.Configuration;
using Sensing.CloudIngest.Log.Kafka;
using Sensing.Events;
using Sensing.SamplePipeline.Events;

namespace Sensing.CloudIngest.Tests.Kafka;

/// <summary>Topics follow from the event families of the modules; none is named here.</summary>
public sealed class KafkaTopicNamesTests
{
    private static readonly KafkaTopicOptions Options = new() { Prefix = "plant." };

    [Fact]
    public void A_family_that_is_registered_has_a_topic_of_its_own()
    {
        var names = new KafkaTopicNames(Options, new EventCatalogue(WeatherEvents.Family));

        Assert.Equal(["node", "weather", "other", "deadletter"], names.Topics);
        Assert.Equal("plant.weather", names["weather"]);
        Assert.All(WeatherEvents.Family.Types, type => Assert.Equal("plant.weather", names.Of(type.Name)));
    }

    [Fact]
    public void A_family_that_is_not_registered_shares_a_topic_with_other_unknown_ones()
    {
        var names = new KafkaTopicNames(Options, new EventCatalogue());

        Assert.Equal("plant.other", names.Of(WeatherEvents.Gust.Name));
        Assert.DoesNotContain("plant.weather", names.All);
    }

    [Theory]
    [InlineData("other")]
    [InlineData("deadletter")]
    public void A_family_must_not_have_the_name_of_a_topic_that_is_always_there(string name)
    {
        var type = new EventType<Gust>($"sensing.{name}.fact.v1", "Fact", EventPriority.Fact, "It happened.", WeatherEventJson.Default.Gust);
        var catalogue = new EventCatalogue(new EventFamily(name, "Mistake", type));

        ArgumentException error = Assert.Throws<ArgumentException>(() => KafkaTopicNames.Known(catalogue));
        Assert.Contains("An event family must not be named 'other' or 'deadletter'", error.Message, StringComparison.Ordinal);
    }
}
