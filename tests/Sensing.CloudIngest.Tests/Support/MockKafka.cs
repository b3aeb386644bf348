namespace Sensing.CloudIngest.Tests.Support;

/// <summary>The collection of tests that share the mock cluster.</summary>
[CollectionDefinition(Name)]
public sealed class MockKafka : ICollectionFixture<MockKafkaFixture>
{
    public const string Name = "Kafka (mock)";
}
