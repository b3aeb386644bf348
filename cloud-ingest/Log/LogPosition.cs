namespace Sensing.CloudIngest.Log;

/// <summary>How far a partitioned log has been stored: written in the same transaction as the records, so that a restart goes on exactly there.</summary>
/// <param name="Partition">Topic and partition, as the log names them.</param>
/// <param name="Next">Offset of the next record to read.</param>
/// <param name="Expected">On an append: the offset that the store must hold for this partition at that moment, or
/// <see cref="NotStored"/>; where it holds another, somebody else has gone on from there, and the append writes nothing. Null: whatever it holds.</param>
public sealed record LogPosition(string Partition, long Next, long? Expected = null)
{
    /// <summary>As <see cref="Expected"/>: the store knows nothing of the partition yet.</summary>
    public const long NotStored = -1;
}
