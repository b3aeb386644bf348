namespace Sensing.TrafficCamera.Sight;

/// <summary>What was done against bad sight.</summary>
[Flags]
public enum SightRemedies
{
    None = 0,
    TemporalDenoising = 1,
    Dehazing = 2,
    Gain = 4,
    SpatialDenoising = 8,
    RainRemoval = 16,
}
