using Sensing.Configuration;

namespace Sensing.EdgeNode.Configuration;

/// <summary>Where pipelines find their models.</summary>
public sealed record ModelOptions
{
    [Option("Folder of models with a manifest.json; relative to this file. Its models come before those that the program brings.", Min = 1, Example = "\"models\"")]
    public string? Directory { get; init; }

    [Option("Models that are fetched from the cloud tier when it publishes newer ones. Absent: none.")]
    public ModelFetchOptions? Fetch { get; init; }
}
