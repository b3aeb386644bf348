using Sensing.CloudIngest.Tests.Support;

namespace Sensing.CloudIngest.Tests.Kafka;

[Collection(MockKafka.Name)]
public class MockKafkaChainTests(MockKafkaFixture kafka) : KafkaChainContract(kafka);
