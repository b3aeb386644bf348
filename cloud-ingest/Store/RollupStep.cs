namespace Sensing.CloudIngest.Store;

/// <summary>Length of a roll-up interval. Intervals begin at whole multiples since 0001-01-01T00:00Z, so days are UTC days. The
/// numbers, minutes, are in stored files.</summary>
public enum RollupStep
{
    Minute = 1,
    Quarter = 15,
    Hour = 60,
    Day = 1440,
}
