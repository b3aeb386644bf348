namespace Sensing.Models;

/// <summary>One model of a manifest.</summary>
public sealed record ModelManifestEntry
{
    /// <summary>1 to 64 of a-z, 0-9, '.' and '-'.</summary>
    public required string Name { get; init; }

    /// <summary>Numbers separated by dots, for example <c>1.4.0</c>.</summary>
    public required string Version { get; init; }

    /// <summary>The file, relative to the manifest.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of the file, hexadecimal. Absent: the file is trusted as it is.</summary>
    public string? Digest { get; init; }

    /// <summary>Length of the file, bytes. Absent: unknown.</summary>
    public long? Length { get; init; }
}
