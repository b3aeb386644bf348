namespace Sensing.TrafficCamera.Sirens;

/// <summary>A tone in one window of sound.</summary>
/// <param name="Track">Number of the track that it continues; 0: none.</param>
/// <param name="Pitch">Octaves above 1 Hz: log₂ of the frequency.</param>
/// <param name="ProminenceDb">Power over the noise beside it, dB.</param>
/// <param name="Slope">Octaves a second, from the chirp rate at which the tone is strongest.</param>
internal readonly record struct TonePoint(int Track, float Pitch, float ProminenceDb, float Slope);
