using Sensing.Events;

namespace Sensing.CloudIngest.Store;

/// <summary>Events of one stream and type in one interval of event time.</summary>
/// <param name="Time">Begin of the interval.</param>
/// <param name="Source">The stream.</param>
/// <param name="Type">The event type.</param>
/// <param name="Count">Events, each id once.</param>
/// <param name="Measures">The measures of the type that events of the interval carry, in the catalogue's order; often none.</param>
public sealed record Rollup(DateTimeOffset Time, StreamAddress Source, string Type, long Count, IReadOnlyList<RollupMeasure> Measures);
