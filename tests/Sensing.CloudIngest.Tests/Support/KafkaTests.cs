namespace Sensing.CloudIngest.Tests.Support;

/// <summary>The collection of tests that share one Kafka.</summary>
[CollectionDefinition(Name)]
public sealed class KafkaTests : ICollectionFixture<KafkaFixture>
{
    public const string Name = "Kafka";
}
