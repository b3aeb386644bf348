namespace Sensing.Drones.Cloud;

/// <summary>The JSON part of a request of KServe v2 (Open Inference Protocol); the picture follows it as
/// bytes.</summary>
internal sealed record InferRequest
{
    public string? Id { get; init; }

    public InferParameters? Parameters { get; init; }

    public IReadOnlyList<InferTensor> Inputs { get; init; } = [];
}
