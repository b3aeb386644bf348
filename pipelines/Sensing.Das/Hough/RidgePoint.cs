namespace Sensing.Das.Hough;

/// <summary>Where a position sees the vehicle of a segment best.</summary>
/// <param name="Position">Position.</param>
/// <param name="Seconds">Time of the evidence's peak, the position's own delay not taken out.</param>
/// <param name="Evidence">Height of the peak, in deviations.</param>
/// <param name="Amplitude">The same as strain rate, 1/s.</param>
/// <param name="Vibration">Power of the vibration band within ±0.75 s, (1/s)².</param>
public readonly record struct RidgePoint(int Position, double Seconds, float Evidence, float Amplitude, float Vibration);
