using Sensing.Vision.Frames;

namespace Sensing.Vision.Onnx.Detection;

/// <summary>Writes a part of a frame into a model's input: scaled, as three planes, normalized.</summary>
/// <remarks>Bilinear with the centres of pixels aligned, as OpenCV's INTER_LINEAR, with which the models were trained. Buffers are used again.</remarks>
internal sealed class FrameTensor
{
    /// <summary>Border of ultralytics' LetterBox.</summary>
    private const float Border = 114;

    private readonly PictureInput _input;
    private readonly int _width;
    private readonly int _height;
    private readonly Tap[] _columns;
    private readonly Tap[] _chromaColumns;
    private PictureRegion _region;
    private int _left;
    private int _top;
    private int _right;
    private int _bottom;

    public FrameTensor(PictureInput input, int width, int height)
    {
        _input = input;
        _width = width;
        _height = height;
        _columns = new Tap[width];
        _chromaColumns = new Tap[width];
        Values = new float[3 * width * height];
    }

    /// <summary>The input: three planes, one after the other.</summary>
    public float[] Values { get; }

    /// <summary>Fills <see cref="Values"/>.</summary>
    public void Fill(Frame frame, PictureRegion region)
    {
        Place(region);
        for (int x = _left; x < _right; x++)
        {
            double at = Source(x - _left, region.Width, _right - _left, region.Left);
            _columns[x] = new Tap(at, frame.Width);
            _chromaColumns[x] = new Tap(((at + 0.5) / 2) - 0.5, frame.ChromaWidth);
        }

        int plane = _width * _height;
        bool bgr = _input.Channels == ChannelOrder.Bgr;
        Span<float> first = Values.AsSpan(0, plane), second = Values.AsSpan(plane, plane), third = Values.AsSpan(2 * plane, plane);
        (float mean0, float mean1, float mean2) = (_input.Mean[0], _input.Mean[1], _input.Mean[2]);
        (float scale0, float scale1, float scale2) = (1 / _input.Deviation[0], 1 / _input.Deviation[1], 1 / _input.Deviation[2]);
        if (_right - _left < _width || _bottom - _top < _height)
        {
            first.Fill((Border - mean0) * scale0);
            second.Fill((Border - mean1) * scale1);
            third.Fill((Border - mean2) * scale2);
        }

        ReadOnlySpan<byte> luma = frame.Luma, cb = frame.Cb, cr = frame.Cr;
        for (int y = _top; y < _bottom; y++)
        {
            double at = Source(y - _top, region.Height, _bottom - _top, region.Top);
            Tap row = new(at, frame.Height), chromaRow = new(((at + 0.5) / 2) - 0.5, frame.ChromaHeight);
            for (int x = _left; x < _right; x++)
            {
                float l = Sample(luma, frame.Width, _columns[x], row);
                float b = Sample(cb, frame.ChromaWidth, _chromaColumns[x], chromaRow) - 128;
                float r = Sample(cr, frame.ChromaWidth, _chromaColumns[x], chromaRow) - 128;

                // ITU-R BT.601, full range, as FrameImage.
                float red = Math.Clamp(l + (1.402f * r), 0, 255);
                float green = Math.Clamp(l - (0.344136f * b) - (0.714136f * r), 0, 255);
                float blue = Math.Clamp(l + (1.772f * b), 0, 255);
                int i = (y * _width) + x;
                first[i] = ((bgr ? blue : red) - mean0) * scale0;
                second[i] = (green - mean1) * scale1;
                third[i] = ((bgr ? red : blue) - mean2) * scale2;
            }
        }
    }

    /// <summary>A place in the input as a place in the frame.</summary>
    public (float X, float Y) ToFrame(float x, float y) => (
        _region.Left + ((x - _left) * _region.Width / (_right - _left)),
        _region.Top + ((y - _top) * _region.Height / (_bottom - _top)));

    private void Place(PictureRegion region)
    {
        _region = region;
        double scale = Math.Min(_width / (double)region.Width, _height / (double)region.Height);
        bool letterbox = _input.Fit == PictureFit.Letterbox;
        int width = letterbox ? Math.Clamp((int)Math.Round(region.Width * scale), 1, _width) : _width;
        int height = letterbox ? Math.Clamp((int)Math.Round(region.Height * scale), 1, _height) : _height;
        (_left, _top) = ((_width - width) / 2, (_height - height) / 2);
        (_right, _bottom) = (_left + width, _top + height);
    }

    private static double Source(int at, int source, int target, int offset) => offset + (((at + 0.5) * source / target) - 0.5);

    private static float Sample(ReadOnlySpan<byte> plane, int stride, in Tap column, in Tap row)
    {
        int upper = row.First * stride, lower = row.Second * stride;
        float above = plane[upper + column.First] + (column.Share * (plane[upper + column.Second] - plane[upper + column.First]));
        float below = plane[lower + column.First] + (column.Share * (plane[lower + column.Second] - plane[lower + column.First]));
        return above + (row.Share * (below - above));
    }

    /// <summary>Two neighbouring pixels and the second one's share.</summary>
    private readonly struct Tap
    {
        public readonly int First;
        public readonly int Second;
        public readonly float Share;

        public Tap(double at, int size)
        {
            double floor = Math.Floor(at);
            First = Math.Clamp((int)floor, 0, size - 1);
            Second = Math.Clamp((int)floor + 1, 0, size - 1);
            Share = (float)(at - floor);
        }
    }
}
