using Sensing.CloudIngest.Tests.Support;

namespace Sensing.CloudIngest.Tests.Kafka;

[Collection(RealKafka.Name)]
public class RealKafkaFaultTests(RealKafkaFixture kafka) : KafkaFaultContract(kafka);
