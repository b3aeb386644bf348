namespace Sensing.Vision.Onnx.Detection;

/// <summary>What is kept of what a model finds.</summary>
public sealed record DetectorThresholds
{
    /// <summary>Score from which an object is kept, 0…1 (default: 0.35).</summary>
    public float LeastScore { get; init; } = 0.35f;

    /// <summary>Of two boxes that overlap more than this share of their union, the better one is kept (default: 0.5).</summary>
    public float MostOverlap { get; init; } = 0.5f;

    /// <summary>Whether objects of a class are wanted, by its name (default: all).</summary>
    public Func<string, bool> IsWanted { get; init; } = _ => true;
}
