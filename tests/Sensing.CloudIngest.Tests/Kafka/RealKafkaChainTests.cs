using Sensing.CloudIngest.Tests.Support;

namespace Sensing.CloudIngest.Tests.Kafka;

[Collection(RealKafka.Name)]
[TimeLimit(minutes: 5, reason: "Bridge and sink beside a Java process: up to 10 s on two idle cores.")]
public class RealKafkaChainTests(RealKafkaFixture kafka) : KafkaChainContract(kafka);
