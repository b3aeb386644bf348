namespace Sensing.TrafficCamera.LightBars;

/// <summary>A rhythm of groups of flashes.</summary>
/// <param name="Gain">Logarithm of the likelihood with the rhythm over the likelihood of flashes at random times, nats;
/// 0: none.</param>
/// <param name="FrequencyHz">Groups a second.</param>
/// <param name="Phase">Where in the period the groups begin to be expected, 0…1, from the middle of the frames.</param>
/// <param name="Strength">Median rise of the flashes over the smallest that counts.</param>
/// <param name="Groups">Groups of flashes, in the rhythm or not.</param>
internal readonly record struct FlashRhythm(double Gain, double FrequencyHz, double Phase, double Strength = 0, int Groups = 0);
