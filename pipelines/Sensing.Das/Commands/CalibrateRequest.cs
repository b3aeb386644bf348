using Sensing.Modules;

namespace Sensing.Das.Commands;

/// <summary>What <c>edge-node calibrate</c> was asked for.</summary>
internal sealed record CalibrateRequest
{
    public required RecordingRequest Recording { get; init; }

    /// <summary>Where the calibration is written.</summary>
    public required string OutFile { get; init; }

    /// <summary>Vehicles of known class; null: the site's own mixture.</summary>
    public string? LabelFile { get; init; }

    /// <summary>Events that the labels' ids are of.</summary>
    public string? EventFile { get; init; }

    /// <summary>How far a label may lie from its vehicle, s.</summary>
    public double LabelSeconds { get; init; } = 1;

    /// <summary>Data to read, s; null: to the recording's end.</summary>
    public double? Seconds { get; init; }

    public string? PlotFile { get; init; }
}
