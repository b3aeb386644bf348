namespace Sensing.CloudIngest.Tests.Kafka.Producing;

/// <summary>A record as a broker reads it.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Value">Its value.</param>
/// <param name="Headers">Names and values.</param>
/// <param name="Timestamp">ms since 1970, UTC.</param>
internal sealed record WireRecord(string Key, byte[] Value, IReadOnlyList<(string Name, string Value)> Headers, long Timestamp);
