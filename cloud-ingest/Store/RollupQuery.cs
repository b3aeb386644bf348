namespace Sensing.CloudIngest.Store;

/// <summary>Roll-ups of one step.</summary>
/// <param name="Filter">Which streams and types.</param>
/// <param name="Step">Length of the intervals.</param>
/// <param name="From">Intervals that begin at or after it; null: from the first.</param>
/// <param name="To">Intervals that begin before it; null: to the last.</param>
/// <param name="Limit">Items at most.</param>
public sealed record RollupQuery(SeriesFilter Filter, RollupStep Step, DateTimeOffset? From, DateTimeOffset? To, int Limit);
