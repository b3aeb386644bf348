namespace Sensing.EdgeNode.Commands;

/// <summary>What <c>edge-node replay</c> was asked for.</summary>
internal sealed record ReplayRequest(
    string Recording, string Pipeline, string? Source, string Speed, string? ConfigFile, string[] Sets, string? PlotFile, string? OutFile, string Address);
