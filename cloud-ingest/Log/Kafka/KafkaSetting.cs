namespace Sensing.CloudIngest.Log.Kafka;

/// <summary>A setting of librdkafka.</summary>
/// <param name="Name">Its name there, such as <c>sasl.mechanism</c>.</param>
/// <param name="Value">Its value.</param>
internal readonly record struct KafkaSetting(string Name, string Value);
