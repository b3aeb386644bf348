namespace Sensing.CloudIngest.Store;

/// <summary>How an event's own time stands to its arrival. The numbers are in stored files.</summary>
[Flags]
public enum EventFlags
{
    None = 0,

    /// <summary>Came long after its time: buffered while a link was down, replayed, or by a clock that is behind.</summary>
    Late = 1,

    /// <summary>Its time is ahead of its arrival: the device's clock is wrong.</summary>
    Future = 2,
}
