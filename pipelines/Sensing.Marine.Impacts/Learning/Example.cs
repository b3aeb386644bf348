namespace Sensing.Marine.Impacts.Learning;

/// <summary>Features of a window with what it shows.</summary>
/// <param name="Features">In the order of <see cref="Impacts.Features.WindowFeatures.Names"/>.</param>
/// <param name="Class">Index of its class.</param>
/// <param name="Group">What it was recorded in: a flight, a voyage. Examples of one group are never on both sides of a comparison.</param>
/// <param name="Weight">How much it counts.</param>
public sealed record Example(float[] Features, int Class, int Group, float Weight = 1);
