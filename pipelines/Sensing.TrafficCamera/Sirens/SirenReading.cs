namespace Sensing.TrafficCamera.Sirens;

/// <summary>Whether a siren sounds, every quarter of a second.</summary>
/// <param name="Time">End of the sound that the reading stands on.</param>
/// <param name="Probability">Probability of a siren in the last three seconds, if one were there half of the time; 0…1.</param>
/// <param name="LogLikelihoodRatio">Natural logarithm of how much more likely the sound is with a siren than without.</param>
/// <param name="IsOn">The decision, with hysteresis.</param>
public readonly record struct SirenReading(DateTimeOffset Time, double Probability, double LogLikelihoodRatio, bool IsOn);
