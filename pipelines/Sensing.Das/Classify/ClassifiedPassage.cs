using Sensing.Das.Events;
using Sensing.Das.Tracks;

namespace Sensing.Das.Classify;

/// <summary>A passage with its class and the probability of that class.</summary>
public sealed record ClassifiedPassage(Passage Passage, VehicleClass Class, double Probability);
