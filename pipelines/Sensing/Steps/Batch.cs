namespace Sensing.Steps;

/// <summary>Items of a step and how far time has come: what later steps need to know that nothing more can follow.</summary>
/// <param name="Origin">Time zero of every time in seconds since the last break.</param>
/// <param name="Until">Every item up to this time is known, s since <paramref name="Origin"/>.</param>
/// <param name="Items">New items, in order of their decision; often none.</param>
public sealed record Batch<T>(DateTimeOffset Origin, double Until, IReadOnlyList<T> Items);
