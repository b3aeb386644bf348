using Sensing.Streams;

namespace Sensing.Marine;

/// <summary>A line as an instrument, a receiver or a log sent it.</summary>
/// <param name="Time">When it came, UTC; in a log, when it was recorded.</param>
/// <param name="Text">The line without its end. Nothing of it has been checked.</param>
public sealed record NmeaLine(DateTimeOffset Time, ReadOnlyMemory<byte> Text) : ITimed
{
    /// <summary>Zero: a line is an instant.</summary>
    public TimeSpan Duration => TimeSpan.Zero;
}
