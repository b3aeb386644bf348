namespace Sensing.Das.Hough;

/// <summary>When a position sees the slow part of a vehicle's passage, no delay taken out.</summary>
/// <param name="Position">Position.</param>
/// <param name="Seconds">Time of the peak, s since the last break.</param>
public readonly record struct CoarsePoint(int Position, double Seconds);
