namespace Sensing.Marine.Impacts.Models;

/// <summary>A window for the classifiers.</summary>
/// <param name="Features">Its features.</param>
/// <param name="InUse">Digest of the model that decides; empty at the first window.</param>
/// <param name="Rejected">Digests of models that did worse.</param>
public sealed record ImpactRequest(float[] Features, string InUse, IReadOnlyList<string> Rejected);
