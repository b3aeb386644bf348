namespace Sensing.CloudIngest.Store;

/// <summary>The store holds another position than the append began from: another reader of the log has stored what follows, or the
/// same again. Nothing of the append was written; who reads the log goes on from the stored positions.</summary>
public sealed class PositionConflictException(string partition, long? expected, long? stored) : Exception(
    $"The store is at {stored?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "no offset"} of {partition}, not at {expected}: another sink has written.")
{
    public string Partition { get; } = partition;
}
