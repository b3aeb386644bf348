namespace Sensing.EdgeNode.Commands.Calibrate;

/// <summary>What <c>edge-node calibrate</c> was asked for.</summary>
internal sealed record CalibrateRequest(
    string Recording, string? Source, string? ConfigFile, string[] Sets, string OutFile, string? LabelFile, string? EventFile, double LabelSeconds, double? Seconds, string? PlotFile);
