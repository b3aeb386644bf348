using Sensing.Configuration;

namespace Sensing.TrafficCamera.Sight;

/// <summary>When a camera counts as faulty.</summary>
public sealed record CameraFaultOptions
{
    [Option("Time without a frame after which a camera is dead, s.", Min = 1, Max = 3600)]
    public double DeadSeconds { get; init; } = 10;

    [Option("Time for which the picture must stay the same, noise included, to be frozen, s. A small clock in the picture may run on.",
        Min = 2, Max = 3600)]
    public double FrozenSeconds { get; init; } = 15;

    [Option("Time for which the view must be hidden to be covered, s. A passing truck hides it for less.", Min = 1, Max = 3600)]
    public double CoveredSeconds { get; init; } = 8;

    [Option("Time for which the view must differ from the usual one to be moved, s.", Min = 2, Max = 3600)]
    public double MovedSeconds { get; init; } = 10;
}
