using Sensing.Streams;

namespace Sensing.EdgeNode.Outbox;

/// <summary>Where a stream stands: committed together with, or after, every event that it covers.</summary>
/// <param name="Stream">Name of the stream.</param>
/// <param name="Fingerprint">Of the options and versions that the state belongs to.</param>
/// <param name="Position">Where the source goes on; null before its first item.</param>
/// <param name="State">State of the pipeline.</param>
/// <param name="Finished">The recording was read to its end and the pipeline has yielded what was undecided.</param>
public sealed record StreamCheckpoint(string Stream, string Fingerprint, SourcePosition? Position, ReadOnlyMemory<byte> State, bool Finished);
