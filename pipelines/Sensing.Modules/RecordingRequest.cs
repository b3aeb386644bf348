namespace Sensing.Modules;

/// <summary>A recording and how to read it, as a command line gives it.</summary>
public sealed record RecordingRequest
{
    /// <summary>File, folder, or a pattern with * and ?.</summary>
    public required string Recording { get; init; }

    /// <summary>Name of the pipeline.</summary>
    public required string Pipeline { get; init; }

    /// <summary>Type of the source; null: by the recording's ending.</summary>
    public string? Source { get; init; }

    /// <summary>JSON file with the pipeline's options; null: defaults.</summary>
    public string? ConfigFile { get; init; }

    /// <summary>Overrides, <c>das.NAME=VALUE</c> or <c>source.NAME=VALUE</c>.</summary>
    public IReadOnlyList<string> Sets { get; init; } = [];
}
