using Sensing.CloudIngest.Tests.Support;

namespace Sensing.CloudIngest.Tests.Kafka;

[Collection(RealKafka.Name)]
[TimeLimit(minutes: 5, reason: "Starts a Java process, and again after each kill: up to 30 s on two idle cores.")]
public class RealKafkaFaultTests(RealKafkaFixture kafka) : KafkaFaultContract(kafka);
