using Sensing.Steps;
using Sensing.Streams;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Sight;

/// <summary>Takes a veil of haze or fog off: J = (I − A)/t + A, with t from the dark channel (He, Sun, Tang, CVPR 2009) of
/// blocks, refined along edges by a guided filter (the same, ECCV 2010) on the grid of blocks.</summary>
internal sealed class Dehazing : IResumable
{
    private const int Block = 8, Radius = 3;
    private const float LeastTransmission = 0.07f, Epsilon = 60;

    // The dark channel of a road is not 0 in clear air: tarmac is grey.
    private const float Tarmac = 85;

    // The most that a row of blocks shows in clear air: a tenth of its blocks, edges of vehicles, kerbs and markings, span this many levels. A row that
    // still shows a share of it is not behind a thicker veil, however bright its ground is.
    private const float ClearContrast = 144, ContrastShare = 0.9f;
    private const int ContrastRows = 3;

    // The veil changes within minutes, vehicles pass within seconds: the mean over all frames first, then over about twenty seconds.
    private const float Memory = 0.002f;

    // A block that a vehicle covers says nothing of the veil: its level differs from the usual one, which follows light and fog by so many levels a
    // frame. Before, in the first second, there is no usual level yet.
    private const float Covered = 4, FollowsBy = 0.05f;
    private const int FirstFrames = 25;

    // From here on a pixel is its neighbourhood's mean: the gain lifts the steps of eight bits out of nothing.
    private const float SmoothFrom = 1.5f, SmoothAt = 3;

    private readonly int _width;
    private readonly int _columns;
    private readonly int _rows;
    private readonly float[] _dark;
    private readonly byte[] _ranges;
    private readonly float[] _leastOfRow;
    private readonly bool[] _covered;
    private readonly float[] _guide;
    private readonly float[] _usual;
    private readonly float[] _transmission;
    private readonly float[] _refined;
    private readonly float[] _gain;
    private readonly float[] _a;
    private readonly float[] _b;
    private readonly float[] _sorted;
    private readonly byte[] _copy;
    private readonly int[] _columnSums;
    private float _airlight;
    private int _seen;

    public Dehazing(int width, int height)
    {
        _width = width;
        _columns = (width + Block - 1) / Block;
        _rows = (height + Block - 1) / Block;
        _dark = new float[_columns * _rows];
        _ranges = new byte[_dark.Length];
        _leastOfRow = new float[_rows];
        _covered = new bool[_dark.Length];
        _guide = new float[_dark.Length];
        _usual = new float[_dark.Length];
        _transmission = new float[_dark.Length];
        _refined = new float[_dark.Length];
        _a = new float[_dark.Length];
        _b = new float[_dark.Length];
        _sorted = new float[_dark.Length];
        _gain = new float[width];
        _copy = new byte[width * height];
        _columnSums = new int[width + 2];
    }

    /// <param name="frame">Changed in place.</param>
    /// <param name="strength">Share of the veil to take off, 0…1.</param>
    public void Apply(Frame frame, double strength)
    {
        Blocks(frame);
        LeastOfRows();
        _seen = Math.Min(_seen + 1, 1 << 20);
        float share = Math.Max(Memory, 1f / _seen);
        int uncovered = Uncover();
        if (uncovered > 0)
        {
            Array.Sort(_sorted, 0, uncovered);
            float airlight = Math.Max(120, _sorted[(int)(0.98 * (uncovered - 1))]);
            _airlight += share * (airlight - _airlight);
        }

        for (int i = 0; i < _dark.Length; i++)
        {
            if (!_covered[i])
            {
                float veil = Math.Clamp((_dark[i] - Tarmac) / (_airlight - Tarmac), 0, 1);
                float t = Math.Max(_leastOfRow[i / _columns], 1 - ((float)strength * veil));
                _transmission[i] += share * (t - _transmission[i]);
            }
        }

        Refine();
        Span<byte> luma = frame.Luma;
        luma.CopyTo(_copy);
        for (int y = 0; y < frame.Height; y++)
        {
            Gains(y);
            Sum(y, frame.Height);
            Span<byte> row = luma.Slice(y * _width, _width);
            for (int x = 0; x < row.Length; x++)
            {
                float mean = (_columnSums[x] + _columnSums[x + 1] + _columnSums[x + 2]) / 9f;
                float smooth = Math.Clamp((_gain[x] - SmoothFrom) / (SmoothAt - SmoothFrom), 0, 1);
                float level = row[x] + (smooth * (mean - row[x]));
                row[x] = (byte)Math.Clamp(_airlight + ((level - _airlight) * _gain[x]) + 0.5f, 0, 255);
            }

            if ((y & 1) == 0)
            {
                Colour(frame.Cb.Slice(y / 2 * frame.ChromaWidth, frame.ChromaWidth));
                Colour(frame.Cr.Slice(y / 2 * frame.ChromaWidth, frame.ChromaWidth));
            }
        }
    }

    public void Reset() => _seen = 0;

    public void Save(BinaryWriter state)
    {
        state.Mark("dehazing-3");
        state.Write(_seen);
        state.Write(_airlight);
        state.WriteArray<float>(_transmission);
        state.WriteArray<float>(_usual);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("dehazing-3");
        _seen = state.ReadInt32();
        _airlight = state.ReadSingle();
        state.ReadArray<float>(_transmission);
        state.ReadArray<float>(_usual);
    }

    /// <summary>Of each column, the sum over a row and its neighbours; the outermost columns twice.</summary>
    private void Sum(int y, int height)
    {
        ReadOnlySpan<byte> above = _copy.AsSpan(Math.Max(0, y - 1) * _width, _width), at = _copy.AsSpan(y * _width, _width);
        ReadOnlySpan<byte> below = _copy.AsSpan(Math.Min(height - 1, y + 1) * _width, _width);
        for (int x = 0; x < _width; x++)
        {
            _columnSums[x + 1] = above[x] + at[x] + below[x];
        }

        _columnSums[0] = _columnSums[1];
        _columnSums[_width + 1] = _columnSums[_width];
    }

    private void Colour(Span<byte> row)
    {
        for (int x = 0; x < row.Length; x++)
        {
            row[x] = (byte)Math.Clamp(128 + ((row[x] - 128) * _gain[Math.Min(2 * x, _width - 1)]) + 0.5f, 0, 255);
        }
    }

    /// <summary>Darkest colour and mean luma of each block.</summary>
    private void Blocks(Frame frame)
    {
        ReadOnlySpan<byte> luma = frame.Luma, cb = frame.Cb, cr = frame.Cr;
        for (int by = 0; by < _rows; by++)
        {
            for (int bx = 0; bx < _columns; bx++)
            {
                int dark = 255, sum = 0, count = 0, low = 255, high = 0;
                for (int y = by * Block; y < Math.Min(frame.Height, (by + 1) * Block); y += 2)
                {
                    for (int x = bx * Block; x < Math.Min(_width, (bx + 1) * Block); x += 2)
                    {
                        int chroma = (y / 2 * frame.ChromaWidth) + (x / 2), level = luma[(y * _width) + x];
                        int blue = cb[chroma] - 128, red = cr[chroma] - 128;
                        int difference = Math.Min(359 * red, Math.Min(454 * blue, (-88 * blue) - (183 * red)));
                        dark = Math.Min(dark, level + (difference >> 8));
                        low = Math.Min(low, level);
                        high = Math.Max(high, level);
                        sum += level;
                        count++;
                    }
                }

                _dark[(by * _columns) + bx] = Math.Max(0, dark);
                _ranges[(by * _columns) + bx] = (byte)(high - low);
                _guide[(by * _columns) + bx] = sum / (float)count;
            }
        }
    }

    /// <summary>Finds the blocks that no vehicle covers, whose dark channels come to <see cref="_sorted"/>; yields how many they are.</summary>
    private int Uncover()
    {
        int uncovered = 0;
        for (int i = 0; i < _guide.Length; i++)
        {
            float differs = _guide[i] - _usual[i];
            _covered[i] = _seen > FirstFrames && Math.Abs(differs) >= Covered;
            _usual[i] += _seen <= FirstFrames ? differs / _seen : Math.Clamp(differs, -FollowsBy, FollowsBy);
            if (!_covered[i])
            {
                _sorted[uncovered++] = _dark[i];
            }
        }

        return uncovered;
    }

    /// <summary>The least transmission that the contrast of each row and its neighbours allows: a veil takes the same share of every difference.</summary>
    private void LeastOfRows()
    {
        Span<int> counts = stackalloc int[256];
        for (int row = 0; row < _rows; row++)
        {
            int from = Math.Max(0, row - ContrastRows) * _columns, to = (Math.Min(_rows - 1, row + ContrastRows) + 1) * _columns;
            counts.Clear();
            foreach (byte range in _ranges.AsSpan(from, to - from))
            {
                counts[range]++;
            }

            int level = 0, below = 0;
            while ((below += counts[level]) < ContrastShare * (to - from))
            {
                level++;
            }

            _leastOfRow[row] = Math.Clamp(level / ClearContrast, LeastTransmission, 1);
        }
    }

    /// <summary>The guided filter: transmission as a linear function of luma in each window.</summary>
    private void Refine()
    {
        for (int y = 0; y < _rows; y++)
        {
            for (int x = 0; x < _columns; x++)
            {
                float n = 0, i = 0, t = 0, ii = 0, it = 0;
                for (int v = Math.Max(0, y - Radius); v <= Math.Min(_rows - 1, y + Radius); v++)
                {
                    for (int u = Math.Max(0, x - Radius); u <= Math.Min(_columns - 1, x + Radius); u++)
                    {
                        float guide = _guide[(v * _columns) + u], value = _transmission[(v * _columns) + u];
                        n++;
                        i += guide;
                        t += value;
                        ii += guide * guide;
                        it += guide * value;
                    }
                }

                float slope = ((it / n) - (i / n * (t / n))) / ((ii / n) - (i / n * (i / n)) + Epsilon);
                _a[(y * _columns) + x] = slope;
                _b[(y * _columns) + x] = (t / n) - (slope * i / n);
            }
        }

        for (int k = 0; k < _refined.Length; k++)
        {
            _refined[k] = 1 / Math.Clamp((_a[k] * _guide[k]) + _b[k], LeastTransmission, 1);
        }
    }

    /// <summary>1/t of each pixel of a row, between the middles of the blocks.</summary>
    private void Gains(int y)
    {
        float row = Math.Clamp(((y + 0.5f) / Block) - 0.5f, 0, _rows - 1);
        int above = (int)row, below = Math.Min(above + 1, _rows - 1);
        float down = row - above;
        for (int x = 0; x < _width; x++)
        {
            float column = Math.Clamp(((x + 0.5f) / Block) - 0.5f, 0, _columns - 1);
            int left = (int)column, right = Math.Min(left + 1, _columns - 1);
            float part = column - left;
            float top = _refined[(above * _columns) + left] + (part * (_refined[(above * _columns) + right] - _refined[(above * _columns) + left]));
            float bottom = _refined[(below * _columns) + left] + (part * (_refined[(below * _columns) + right] - _refined[(below * _columns) + left]));
            _gain[x] = top + (down * (bottom - top));
        }
    }
}
