namespace Sensing.Vision.Frames;

/// <summary>A piece of sound: one channel, 16 bits a sample.</summary>
/// <param name="Samples">Pressure, −32768…32767 of full scale.</param>
/// <param name="Rate">Samples a second.</param>
public sealed record Sound(ReadOnlyMemory<short> Samples, int Rate);
