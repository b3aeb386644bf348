namespace Sensing.TrafficCamera.LightBars;

/// <summary>What a vehicle's roof has of a light bar.</summary>
/// <param name="Vehicle">Number of the tracked vehicle.</param>
/// <param name="Time">Time of the last frame that it stands on.</param>
/// <param name="LogLikelihoodRatio">Natural logarithm of how much more likely the flashes are with a light bar than
/// without; at least −2.5.</param>
/// <param name="Probability">Probability of a light bar if one vehicle in two had one.</param>
/// <param name="FrequencyHz">Groups of flashes a second; 0 without flashes.</param>
/// <param name="Colour">Colour of the flashes.</param>
/// <param name="IsOn">The decision, with hysteresis.</param>
public readonly record struct LightBarReading(
    long Vehicle, DateTimeOffset Time, double LogLikelihoodRatio, double Probability, double FrequencyHz, FlashColour Colour, bool IsOn);
