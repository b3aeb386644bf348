namespace Sensing.TrafficCamera.LightBars;

/// <summary>A rise that ends soon.</summary>
/// <param name="Begin">Its first frame.</param>
/// <param name="End">The frame after its last.</param>
/// <param name="Seconds">Centre of its light.</param>
/// <param name="Light">Sum of the rises of its frames.</param>
/// <param name="Peak">Largest rise.</param>
internal readonly record struct Flash(int Begin, int End, float Seconds, float Light, float Peak);
