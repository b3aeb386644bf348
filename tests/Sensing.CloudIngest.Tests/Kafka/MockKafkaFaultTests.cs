using Sensing.CloudIngest.Tests.Support;

namespace Sensing.CloudIngest.Tests.Kafka;

[Collection(MockKafka.Name)]
public class MockKafkaFaultTests(MockKafkaFixture kafka) : KafkaFaultContract(kafka);
