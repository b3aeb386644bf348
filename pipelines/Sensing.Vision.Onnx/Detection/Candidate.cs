namespace Sensing.Vision.Onnx.Detection;

/// <summary>A box that a head has decoded, pixels of the model's input.</summary>
internal readonly record struct Candidate(int Class, float Score, float Left, float Top, float Right, float Bottom)
{
    public float Area => Math.Max(0, Right - Left) * Math.Max(0, Bottom - Top);

    /// <summary>Area of the intersection over area of the union.</summary>
    public float Overlap(in Candidate other)
    {
        float width = Math.Min(Right, other.Right) - Math.Max(Left, other.Left);
        float height = Math.Min(Bottom, other.Bottom) - Math.Max(Top, other.Top);
        float common = Math.Max(0, width) * Math.Max(0, height);
        return common <= 0 ? 0 : common / (Area + other.Area - common);
    }
}
