namespace Sensing.Drones.Cloud;

/// <summary>An input or an output.</summary>
internal sealed record InferTensor
{
    public string Name { get; init; } = "";

    public string Datatype { get; init; } = "";

    public IReadOnlyList<long> Shape { get; init; } = [];

    public InferParameters? Parameters { get; init; }

    /// <summary>Of an output of BYTES: its texts.</summary>
    public IReadOnlyList<string>? Data { get; init; }
}
