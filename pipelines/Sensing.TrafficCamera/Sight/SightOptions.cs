using Sensing.Configuration;

namespace Sensing.TrafficCamera.Sight;

/// <summary>Bad sight and faults of the camera.</summary>
public sealed record SightOptions
{
    [Option("Meets bad sight: dehazing, gamma and denoising where the picture needs them.")]
    public bool Restore { get; init; } = true;

    [Option("When a camera counts as faulty.")]
    public CameraFaultOptions Faults { get; init; } = new();
}
