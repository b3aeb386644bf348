using System.ComponentModel;
using Sensing.Models;

namespace Sensing.CloudIngest.Models;

/// <summary>A model of the registry.</summary>
public sealed record RegisteredModel
{
    [Description("Name of the model.")]
    public required string Name { get; init; }

    [Description("Its version.")]
    public required string Version { get; init; }

    [Description("SHA-256 of its file, 64 lower-case hexadecimal digits.")]
    public required string Digest { get; init; }

    [Description("Length of its file, bytes.")]
    public required long Length { get; init; }

    [Description("What the registry does with it.")]
    public required RegistryState State { get; init; }

    [Description("When it was registered.")]
    public required DateTimeOffset RegisteredAt { get; init; }

    [Description("When it was last published; absent: never.")]
    public DateTimeOffset? PublishedAt { get; init; }

    [Description("What it was made from.")]
    public required string Origin { get; init; }

    [Description("Why it is in its state, in words for a person.")]
    public required string Reason { get; init; }

    [Description("Figures beside those of the model that was in use.")]
    public required IReadOnlyList<ModelMetric> Metrics { get; init; }
}
