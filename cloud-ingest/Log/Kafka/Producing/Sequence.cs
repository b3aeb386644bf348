namespace Sensing.CloudIngest.Log.Kafka.Producing;

/// <summary>Numbers of a producer's records in a partition: 0 to 2³¹ - 1, then 0 again.</summary>
internal static class Sequence
{
    public static int Add(int sequence, int records) => (int)(((long)sequence + records) & int.MaxValue);
}
