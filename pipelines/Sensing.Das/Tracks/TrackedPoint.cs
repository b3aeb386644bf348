namespace Sensing.Das.Tracks;

/// <summary>What one position saw of a vehicle.</summary>
/// <param name="Position">Position.</param>
/// <param name="Seconds">Time of passage, the position's own delay taken out, s since the last break.</param>
/// <param name="Evidence">In deviations of the position's noise.</param>
/// <param name="Amplitude">Strain rate in the passage band, 1/s.</param>
/// <param name="Vibration">Power of the vibration band about the passage, (1/s)².</param>
public readonly record struct TrackedPoint(int Position, double Seconds, double Evidence, double Amplitude, double Vibration);
