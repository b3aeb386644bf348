namespace Sensing.Drones.Cloud;

/// <summary>Parameters of a request, a tensor or a response.</summary>
internal sealed record InferParameters
{
    /// <summary>Of a request: time to its deadline, ms. Late is as good as never.</summary>
    public double? DeadlineMs { get; init; }

    /// <summary>Of an input: its length in the bytes that follow the JSON.</summary>
    public long? BinaryDataSize { get; init; }

    /// <summary>Of a response: how long the request was in the endpoint, ms.</summary>
    public double? ServedMs { get; init; }
}
