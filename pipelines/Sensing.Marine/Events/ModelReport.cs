using System.ComponentModel;
using Sensing.Marine.Impacts;

namespace Sensing.Marine.Events;

/// <summary>Payload of <c>sensing.marine.model.v1</c>: a model of impacts has changed its part on the node.</summary>
public sealed record ModelReport
{
    [Description("Name of the model.")]
    public required string Model { get; init; }

    [Description("Its version.")]
    public required string Version { get; init; }

    [Description("SHA-256 of its file, hexadecimal.")]
    public required string Digest { get; init; }

    [Description("What has become of it.")]
    public required ModelState State { get; init; }

    [Description("Version of the model that decides now.")]
    public required string InUse { get; init; }

    [Description("Windows that both models have seen.")]
    public required int Windows { get; init; }

    [Description("Share of those windows with the same class, 0 to 1; absent without windows.")]
    public double? Agreement { get; init; }

    [Description("Why, in words for a person.")]
    public required string Reason { get; init; }
}
