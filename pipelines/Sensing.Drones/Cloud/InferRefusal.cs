namespace Sensing.Drones.Cloud;

/// <summary>Why a request brought no result.</summary>
internal sealed record InferRefusal
{
    public required string Error { get; init; }

    /// <summary>The time that the request would have taken, ms, where it was refused because of its deadline.</summary>
    public double? ExpectedMs { get; init; }
}
