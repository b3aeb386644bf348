namespace Sensing.Benchmarks.Camera;

/// <summary>A vehicle that a person saw on a line.</summary>
/// <param name="Line">Name of the line.</param>
/// <param name="First">First frame in which any part of it is on the line.</param>
/// <param name="Last">Last frame.</param>
/// <param name="Lane">Its lane, from 1.</param>
/// <param name="Class">What it is.</param>
internal sealed record TrueCrossing(string Line, int First, int Last, int Lane, string Class);
