namespace Sensing.Marine.SignalK;

/// <summary>Deltas to be sent, in order.</summary>
/// <param name="Datagrams">UTF-8 JSON, a delta in each.</param>
internal sealed record SignalKDatagrams(IReadOnlyList<byte[]> Datagrams);
