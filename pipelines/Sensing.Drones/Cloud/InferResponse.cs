namespace Sensing.Drones.Cloud;

/// <summary>A response of KServe v2.</summary>
internal sealed record InferResponse
{
    public string ModelName { get; init; } = "";

    public string? Id { get; init; }

    public InferParameters? Parameters { get; init; }

    public IReadOnlyList<InferTensor> Outputs { get; init; } = [];
}
