using System.ComponentModel;
using Sensing.Marine.Impacts;

namespace Sensing.Marine.Events;

/// <summary>Payload of <c>sensing.marine.impact-window.v1</c>: a motion that the model was not sure of, for a person to label and a model to learn.</summary>
public sealed record ImpactWindow
{
    [Description("What the model called it.")]
    public required ImpactClass Class { get; init; }

    [Description("Probability of that class, 0 to 1.")]
    public required double Probability { get; init; }

    [Description("Entropy of the probabilities, nats: how uncertain the model was.")]
    public required double Entropy { get; init; }

    [Description("The model: name and version.")]
    public required string Model { get; init; }

    [Description("Samples a second.")]
    public required double Rate { get; init; }

    [Description("The motion: 16-bit little-endian numbers in base64, channel by channel: acceleration ahead, to starboard, down in 0.01 m/s², rates about these axes in 0.001 rad/s.")]
    public required string Motion { get; init; }
}
