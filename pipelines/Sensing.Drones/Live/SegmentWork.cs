using SkiaSharp;
using Sensing.Vision.Frames;
using Sensing.Vision.Onnx.Detection;

namespace Sensing.Drones.Live;

/// <summary>A segment that its tasks share: the frame, decoded once, what models have found in it, and its encoded
/// picture.</summary>
/// <remarks>The last task to <see cref="Release"/> it returns the frame's memory.</remarks>
public sealed class SegmentWork
{
    private readonly Lock _encoding = new();
    private readonly Dictionary<int, byte[]> _jpegs = [];
    private int _holders;

    /// <param name="drone">Name of the drone.</param>
    /// <param name="number">Number of its segment.</param>
    /// <param name="frame">The frame; the segment's own.</param>
    /// <param name="order">The tasks, in the order in which they are handed over: indices of the edge's types.</param>
    /// <param name="isPictured">Whether a picture of it is wanted for people.</param>
    public SegmentWork(string drone, long number, Frame frame, IReadOnlyList<int> order, bool isPictured = false)
    {
        Drone = drone;
        Number = number;
        Frame = frame;
        Order = order;
        IsPictured = isPictured;
        _holders = order.Count;
    }

    public string Drone { get; }

    public long Number { get; }

    public Frame Frame { get; }

    public IReadOnlyList<int> Order { get; }

    public bool IsPictured { get; }

    /// <summary>What detectors found, by variant; used by the edge's worker alone.</summary>
    internal Dictionary<string, IReadOnlyList<ObjectDetection>> Detections { get; } = new(StringComparer.Ordinal);

    /// <summary>The tasks in the scheduler; null before they are handed over. Guarded by the scheduler's
    /// lock.</summary>
    internal LiveTask[]? Tasks { get; set; }

    /// <summary>The picture as JPEG, no wider than this; encoded once for all calls.</summary>
    public byte[] Jpeg(int width, int quality = 80)
    {
        lock (_encoding)
        {
            if (!_jpegs.TryGetValue(width, out byte[]? jpeg))
            {
                _jpegs[width] = jpeg = Encode(width, quality);
            }

            return jpeg;
        }
    }

    /// <summary>One more holds it.</summary>
    internal void Retain() => Interlocked.Increment(ref _holders);

    /// <summary>A task no longer needs the segment.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            Frame.Dispose();
        }
    }

    private byte[] Encode(int width, int quality)
    {
        using SKBitmap picture = FrameImage.ToBitmap(Frame);
        if (width >= picture.Width)
        {
            return Bytes(picture, quality);
        }

        var info = new SKImageInfo(width, Math.Max(1, (int)Math.Round((double)picture.Height * width / picture.Width)), picture.ColorType, picture.AlphaType);
        using SKBitmap small = picture.Resize(info, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        return Bytes(small, quality);
    }

    private static byte[] Bytes(SKBitmap picture, int quality)
    {
        using SKData data = picture.Encode(SKEncodedImageFormat.Jpeg, quality);
        return data.ToArray();
    }
}
