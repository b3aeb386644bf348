namespace Sensing.Drones.Live;

/// <summary>A way to run a task: which models, at which size.</summary>
/// <param name="Name">Such as <c>centernet-416</c>.</param>
/// <param name="Key">What its measured times belong to: digests of the models, and the threads.</param>
/// <param name="Quality">How good its results are beside the best variant's, 0 to 1.</param>
public sealed record TaskVariant(string Name, string Key, double Quality);
