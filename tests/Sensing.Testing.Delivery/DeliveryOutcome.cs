namespace Sensing.Testing.Delivery;

/// <summary>A run of a fault.</summary>
/// <param name="Report">What became of the events.</param>
/// <param name="Kafka">Which Kafka it was: broker, mock or none.</param>
/// <param name="Garbage">Messages that the fault has published and that are no events.</param>
/// <param name="Counts">What the fault counted itself, by lower_case names.</param>
public sealed record DeliveryOutcome(DeliveryReport Report, string Kafka, int Garbage, IReadOnlyDictionary<string, int> Counts);
