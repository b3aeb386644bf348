using System.Numerics;
using Sensing.Vision.Kernels;

namespace Sensing.TrafficCamera.Background;

/// <summary>From differences of single pixels to whole vehicles without their shadows.</summary>
/// <remarks>Twice over: once with only what cannot be shadow by its colour and darkness, a generous mask that holds each vehicle and the
/// darkest part of its shadow; once with only what cannot be shadow at all, by colour or by edges inside. A blob of the generous mask
/// shrinks to the strict one's if that keeps most of it.</remarks>
internal sealed partial class MaskCleaning
{
    private readonly int _width;
    private readonly int _height;
    private readonly double _scale;
    private readonly BackgroundOptions _options;
    private readonly byte[] _mask;
    private readonly byte[] _other;
    private readonly byte[] _whole;
    private readonly byte[] _edges;
    private readonly byte[] _frameContrast;
    private readonly byte[] _sceneContrast;
    private readonly byte[] _scratch;
    private readonly BoxMean _mean;
    private readonly Components _components = new();

    /// <param name="width">Of the canvas, whole vectors.</param>
    /// <param name="height">Of the canvas.</param>
    /// <param name="scale">Pixels of the frame per pixel of a picture 320 wide.</param>
    /// <param name="options">Values.</param>
    public MaskCleaning(int width, int height, double scale, BackgroundOptions options)
    {
        _width = width;
        _height = height;
        _scale = scale;
        _options = options;
        int n = width * height;
        _mask = new byte[n];
        _other = new byte[n];
        _whole = new byte[n];
        _edges = new byte[n];
        _frameContrast = new byte[n];
        _sceneContrast = new byte[n];
        _scratch = new byte[n];
        _rowFrom = new int[height];
        _rowTo = new int[height];
        _columnFrom = new int[width];
        _columnTo = new int[width];
        _mean = new BoxMean(width, Math.Max(1, Pixels(2)));
        Classes = new byte[n];
    }

    /// <summary>The final classes of the canvas.</summary>
    public byte[] Classes { get; }

    /// <summary>Sets the classes from what was compared.</summary>
    public void Clean(BackgroundPixels pixels, AlignedFrame frame)
    {
        byte[] evidence = pixels.Evidence, shadow = pixels.Shadow;
        var differs = new Vector<byte>(BackgroundPixels.Differs);
        for (int i = 0; i < _mask.Length; i += Vector<byte>.Count)
        {
            Vector<byte> different = Vector.GreaterThanOrEqual(new Vector<byte>(evidence, i), differs);
            (different & Vector.LessThan(new Vector<byte>(shadow, i), new Vector<byte>(BackgroundPixels.LightShadow))).CopyTo(_mask, i);
        }

        MakeWhole(evidence);
        Array.Copy(_mask, _whole, _mask.Length);

        InnerEdges(pixels, frame);
        for (int i = 0; i < _mask.Length; i += Vector<byte>.Count)
        {
            Vector<byte> different = Vector.GreaterThanOrEqual(new Vector<byte>(evidence, i), differs);
            (different & (Vector.Equals(new Vector<byte>(shadow, i), Vector<byte>.Zero) | new Vector<byte>(_edges, i))).CopyTo(_mask, i);
        }

        MakeWhole(evidence);
        Morphology.Dilate(_mask, _scratch, _width, Pixels(_options.Rim), Pixels(_options.Rim));
        ChooseBlobs();
        FillHoles();
        Morphology.Erode(_mask, _scratch, _width, Pixels(_options.OpenRadius), Pixels(_options.OpenRadius));
        Morphology.Dilate(_mask, _scratch, _width, Pixels(_options.OpenRadius), Pixels(_options.OpenRadius));
        RemoveGhosts(pixels);
        RemoveSmall((int)(_options.SmallestVehicle * _width * _height));
        for (int i = 0; i < _mask.Length; i += Vector<byte>.Count)
        {
            Vector<byte> dark = Vector.GreaterThanOrEqual(new Vector<byte>(evidence, i), differs)
                & Vector.GreaterThan(new Vector<byte>(shadow, i), Vector<byte>.Zero);
            Vector.ConditionalSelect(new Vector<byte>(_mask, i), new Vector<byte>(PixelClass.Vehicle), dark & new Vector<byte>(PixelClass.Shadow))
                .CopyTo(Classes, i);
        }
    }

    private int Pixels(double radius) => (int)Math.Round(radius * _scale);

    /// <summary>Single pixels go, gaps close, and what the outline encloses belongs to it.</summary>
    private void MakeWhole(byte[] evidence)
    {
        _mean.Apply(_mask, _other);
        for (int i = 0; i < _mask.Length; i += Vector<byte>.Count)
        {
            Vector.GreaterThan(new Vector<byte>(_other, i), new Vector<byte>(127)).CopyTo(_mask, i);
        }

        int close = Pixels(_options.CloseRadius);
        Morphology.Dilate(_mask, _scratch, _width, close, close);
        Morphology.Erode(_mask, _scratch, _width, close, close);
        FillOutlines(evidence);
    }

    /// <summary>Edges that the background does not have, away from the rim of what differs: not a shadow's.</summary>
    private void InnerEdges(BackgroundPixels pixels, AlignedFrame frame)
    {
        Contrast(frame.Luma, _frameContrast);
        Contrast(pixels.Luma, _sceneContrast);
        for (int i = 0; i < _mask.Length; i += Vector<byte>.Count)
        {
            Vector.GreaterThanOrEqual(new Vector<byte>(pixels.Evidence, i), new Vector<byte>(BackgroundPixels.Differs)).CopyTo(_edges, i);
        }

        Morphology.Erode(_edges, _scratch, _width, Pixels(_options.EdgeInside), Pixels(_options.EdgeInside));
        for (int i = 0; i < _mask.Length; i += Vector<byte>.Count)
        {
            Vector<byte> here = new(_frameContrast, i), scene = new(_sceneContrast, i);
            Vector<byte> more = Vector.GreaterThan(here - Vector.Min(here, scene), new Vector<byte>((byte)_options.EdgeContrast));
            (new Vector<byte>(_edges, i) & more).CopyTo(_edges, i);
        }
    }

    /// <summary>Largest less smallest value of 3 × 3 pixels.</summary>
    private void Contrast(byte[] luma, byte[] to)
    {
        Array.Copy(luma, to, luma.Length);
        Array.Copy(luma, _other, luma.Length);
        Morphology.Dilate(to, _scratch, _width, 1, 1);
        Morphology.Erode(_other, _scratch, _width, 1, 1);
        for (int i = 0; i < to.Length; i += Vector<byte>.Count)
        {
            (new Vector<byte>(to, i) - new Vector<byte>(_other, i)).CopyTo(to, i);
        }
    }
}
