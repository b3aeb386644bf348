namespace Sensing.Streams;

/// <summary>Where a source stands: text that only the source reads, at most 4,096 characters.</summary>
/// <remarks>Checkpointed with the pipeline's state; a source opened "after" it yields what follows, and nothing twice.</remarks>
public readonly record struct SourcePosition(string Value);
