namespace Sensing.Das.Sources;

/// <summary>NumPy arrays, each with its JSON sidecar.</summary>
public sealed record NpySourceOptions : FileSourceOptions;
