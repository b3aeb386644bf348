namespace Sensing.CloudIngest.Log;

/// <summary>One thing that came in and must not be lost.</summary>
/// <param name="Arrival">When it came in, this tier's clock, UTC.</param>
public abstract record LogRecord(DateTimeOffset Arrival)
{
    /// <summary>About what it holds of memory, bytes.</summary>
    public abstract int Size { get; }
}
