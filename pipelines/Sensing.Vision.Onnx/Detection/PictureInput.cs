namespace Sensing.Vision.Onnx.Detection;

/// <summary>How a picture becomes a model's input of three planes.</summary>
public sealed record PictureInput
{
    /// <summary>Order of the planes (default: red, green, blue).</summary>
    public ChannelOrder Channels { get; init; }

    /// <summary>How a picture of another shape is fitted (default: stretched).</summary>
    public PictureFit Fit { get; init; }

    /// <summary>Subtracted from each plane's values (0…255), in the order of the planes (default: 0).</summary>
    public IReadOnlyList<float> Mean { get; init; } = [0, 0, 0];

    /// <summary>What each plane is divided by after that (default: 1).</summary>
    public IReadOnlyList<float> Deviation { get; init; } = [1, 1, 1];
}
