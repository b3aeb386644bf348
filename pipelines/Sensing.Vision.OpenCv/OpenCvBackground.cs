using OpenCvSharp;
using Sensing.Steps;
using Sensing.TrafficCamera.Background;
using Sensing.Vision.Frames;

namespace Sensing.Vision.OpenCv;

/// <summary>MOG2 or KNN of OpenCV as a background model, with OpenCV's own defaults, its shadow detection and a median filter.</summary>
/// <remarks>OpenCV gives no access to what these models have learned: after a restart they learn anew. Their memory is counted in frames, so
/// a stopped queue becomes background after about that many. They do not compensate a shaking camera.</remarks>
public sealed class OpenCvBackground : IBackgroundModel
{
    /// <summary>What both models write for a shadow.</summary>
    private const byte Shadow = 127;

    private readonly BackgroundSubtractor _model;
    private readonly Mat _picture = new();
    private readonly Mat _found = new();
    private readonly Mat _cleaned = new();
    private readonly OpenCvModel _kind;
    private ForegroundMask? _mask;

    /// <param name="kind">Which model.</param>
    /// <param name="history">Memory, frames.</param>
    /// <exception cref="PlatformNotSupportedException">OpenCV's native library cannot be loaded.</exception>
    public OpenCvBackground(OpenCvModel kind, int history = 500)
    {
        OpenCvLibrary.Require();
        _kind = kind;
        _model = kind == OpenCvModel.Mog2
            ? BackgroundSubtractorMOG2.Create(history, 16, true)
            : BackgroundSubtractorKNN.Create(history, 400, true);
    }

    public ForegroundMask Apply(Frame frame)
    {
        _mask ??= new ForegroundMask(frame.Width, frame.Height);
        if (_mask.Width != frame.Width || _mask.Height != frame.Height)
        {
            throw new ArgumentException(
                $"The frame is {frame.Width} × {frame.Height} pixels, those before were {_mask.Width} × {_mask.Height}: use a model for each size.",
                nameof(frame));
        }

        using (SkiaSharp.SKBitmap bitmap = FrameImage.ToBitmap(frame))
        {
            using Mat colours = Mat.FromPixelData(frame.Height, frame.Width, MatType.CV_8UC4, bitmap.GetPixels(), bitmap.RowBytes);
            Cv2.CvtColor(colours, _picture, ColorConversionCodes.BGRA2BGR);
        }

        _model.Apply(_picture, _found);

        // Single pixels go: a median of 5 × 5, as OpenCV's models are commonly used with.
        Cv2.Threshold(_found, _cleaned, Shadow, 255, ThresholdTypes.Binary);
        Cv2.MedianBlur(_cleaned, _cleaned, 5);
        _found.GetArray(out byte[] found);
        _cleaned.GetArray(out byte[] cleaned);
        Span<byte> pixels = _mask.Pixels;
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = cleaned[i] != 0 ? PixelClass.Vehicle : found[i] == Shadow ? PixelClass.Shadow : PixelClass.Road;
        }

        return _mask;
    }

    /// <summary>Writes which model it is; see the remarks of the class.</summary>
    public void Save(BinaryWriter state) => state.Mark($"opencv-{_kind}-1");

    /// <summary>Checks that the state is this model's. It learns anew.</summary>
    public void Load(BinaryReader state) => state.Expect($"opencv-{_kind}-1");

    public void Dispose()
    {
        _model.Dispose();
        _picture.Dispose();
        _found.Dispose();
        _cleaned.Dispose();
    }
}
