namespace Sensing.CloudIngest.Tests.Support;

/// <summary>The collection of tests that share a real Kafka.</summary>
[CollectionDefinition(Name)]
public sealed class RealKafka : ICollectionFixture<RealKafkaFixture>
{
    public const string Name = "Kafka (real)";
}
