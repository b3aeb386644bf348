using Sensing.Marine.Events;

namespace Sensing.Marine.Impacts.Models;

/// <summary>What the model in use says of a window, and what became of models meanwhile.</summary>
/// <param name="Classes">Names of the classes.</param>
/// <param name="Probabilities">Their probabilities.</param>
/// <param name="Model">Name and version of the model that decided.</param>
/// <param name="InUse">Digest of the model that decides from now on.</param>
/// <param name="Changes">Models that changed their part with this window.</param>
public sealed record ImpactAnswer(
    IReadOnlyList<string> Classes, IReadOnlyList<float> Probabilities, string Model, string InUse, IReadOnlyList<ModelReport> Changes);
