using Sensing.Configuration;

namespace Sensing.TrafficCamera.Synthetic;

/// <summary>A synthetic scene as a source.</summary>
public sealed record SyntheticSourceOptions : SceneOptions
{
    public SyntheticSourceOptions()
    {
    }

    private SyntheticSourceOptions(SceneOptions scene)
        : base(scene)
    {
    }

    [Option("Time of the first frame, ISO 8601 (default: 2026-01-01T12:00:00Z, or the present where live is set).",
        Example = "\"2026-01-01T06:00:00Z\"")]
    public string? StartTime { get; init; }

    [Option("Length, s (default: it never ends).", Above = 0)]
    public double? DurationSeconds { get; init; }

    [Option("Behave as a camera: a frame comes when its time has come, and is lost if nothing takes it. False: as a recording, "
        + "as fast as it is taken.")]
    public bool Live { get; init; }

    [Option("Signal group of the site's junction whose plan the scene's signal obeys; with live (default: the scene's own fixed plan).",
        Min = 1, Max = 100)]
    public string? FollowGroup { get; init; }

    /// <summary>A source of this scene.</summary>
    public static SyntheticSourceOptions From(SceneOptions scene) => new(scene);
}
