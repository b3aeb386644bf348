namespace Sensing.CloudInference;

/// <summary>What an input or an output is.</summary>
internal sealed record TensorMetadata(string Name, string Datatype, IReadOnlyList<long> Shape);
