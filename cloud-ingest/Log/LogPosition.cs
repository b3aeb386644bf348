namespace Sensing.CloudIngest.Log;

/// <summary>How far a partitioned log has been stored: written in the same transaction as the records, so that a restart goes on exactly there.</summary>
/// <param name="Partition">Topic and partition, as the log names them.</param>
/// <param name="Next">Offset of the next record to read.</param>
public sealed record LogPosition(string Partition, long Next);
