using Sensing.CloudIngest.Tests.Support;

namespace Sensing.CloudIngest.Tests.Kafka;

[Collection(RealKafka.Name)]
public class RealKafkaChainTests(RealKafkaFixture kafka) : KafkaChainContract(kafka);
