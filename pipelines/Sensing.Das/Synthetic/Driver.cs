namespace Sensing.Das.Synthetic;

/// <summary>What the next driver of a lane must know of the one in front.</summary>
/// <param name="Entry">When it entered, s.</param>
/// <param name="SpeedMs">Speed that it wants to go, m/s.</param>
/// <param name="LengthM">Length of its vehicle, m.</param>
/// <param name="Path">Its way.</param>
/// <param name="QueuedAtM">Metres driven at which it waited for the signal; null where it did not.</param>
/// <param name="DepartedSeconds">When it started again, s.</param>
internal sealed record Driver(
    double Entry, double SpeedMs, double LengthM, Trajectory Path, double? QueuedAtM, double DepartedSeconds);
