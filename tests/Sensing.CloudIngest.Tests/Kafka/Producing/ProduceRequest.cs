namespace Sensing.CloudIngest.Tests.Kafka.Producing;

/// <summary>A produce request as a broker has it.</summary>
/// <param name="Number">0, 1, ... of the cluster.</param>
/// <param name="Broker">Whom it was sent to.</param>
/// <param name="Parts">A batch for each partition.</param>
internal sealed record ProduceRequest(int Number, int Broker, IReadOnlyList<(string Topic, int Partition, ReadOnlyMemory<byte> Batch)> Parts);
