using Sensing.Steps;
using Sensing.Streams;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Sight;

/// <summary>Edges of the view as they usually are, against those of the last seconds, tile by tile.</summary>
/// <remarks>A tile fits while the correlation of its edges with the usual ones is high at a displacement that a shaking
/// camera reaches. Vehicles, a queue or a truck before the lens change some tiles; a turned camera changes them all.</remarks>
internal sealed class UsualView : IResumable
{
    private const int Across = 8, Down = 5, Shake = 1;

    // A fifth of a second between looks, two seconds' memory: traffic is averaged out, a fault is seen at once.
    private const double LookSeconds = 0.2, ShortSeconds = 2;

    // The first minute is averaged; then the view follows the light over half an hour.
    private const double LearnSeconds = 60, LongSeconds = 1800;
    private const float Texture = 2.5f, Fit = 0.4f;
    private const double MostForeign = 0.65, MostHidden = 0.7;

    // What hides a camera comes within seconds; fog needs minutes.
    private const double SuddenSeconds = 20;

    private readonly int _cell;
    private readonly int _width;
    private readonly int _height;
    private readonly float[] _means;
    private readonly float[] _edges;
    private readonly float[] _recent;
    private readonly float[] _usual;
    private DateTimeOffset? _looked;
    private DateTimeOffset? _clear;
    private double _learnt;
    private double _learnable;
    private double _recentSeconds;

    public UsualView(int width, int height)
    {
        // 80 cells across: a shake of ±8 pixels of 640 is one cell.
        _cell = Math.Max(2, width / 80);
        _width = width / _cell;
        _height = height / _cell;
        _means = new float[_width * _height];
        _edges = new float[_means.Length];
        _recent = new float[_means.Length];
        _usual = new float[_means.Length];
    }

    /// <summary>The view is hidden.</summary>
    public bool Hidden { get; private set; }

    public double HiddenShare { get; private set; }

    /// <summary>The view is another one.</summary>
    public bool Foreign { get; private set; }

    public void Next(Frame frame)
    {
        double seconds = _looked is { } looked ? (frame.Time - looked).TotalSeconds : LookSeconds;
        if (seconds < LookSeconds)
        {
            return;
        }

        seconds = Math.Min(seconds, ShortSeconds);
        _looked = frame.Time;
        Edges(frame);
        _recentSeconds = Math.Min(_recentSeconds + seconds, ShortSeconds * 4);
        float share = (float)Math.Max(1 - Math.Exp(-seconds / ShortSeconds), Math.Min(1, seconds / _recentSeconds));
        for (int i = 0; i < _edges.Length; i++)
        {
            _recent[i] += share * (_edges[i] - _recent[i]);
        }

        _learnable += seconds;
        Compare(frame.Time);
    }

    /// <summary>Takes what was seen since the last call as usual.</summary>
    public void Learn()
    {
        if (_learnable <= 0)
        {
            return;
        }

        _learnt += _learnable;
        float share = (float)Math.Max(_learnable / LongSeconds, _learnt < LearnSeconds ? Math.Min(1, _learnable / _learnt) : 0);
        _learnable = 0;
        for (int i = 0; i < _usual.Length; i++)
        {
            _usual[i] += share * (_edges[i] - _usual[i]);
        }
    }

    /// <summary>How far the view has moved, pixels; null where no displacement fits.</summary>
    public (double X, double Y)? Displacement()
    {
        int reachX = _width / 3, reachY = _height / 3;
        double best = 0;
        (double, double)? found = null;
        for (int dy = -reachY; dy <= reachY; dy++)
        {
            for (int dx = -reachX; dx <= reachX; dx++)
            {
                int left = Math.Max(0, dx), top = Math.Max(0, dy);
                double fit = Correlation(left, top, _width - Math.Abs(dx), _height - Math.Abs(dy), dx, dy);
                if (fit > best)
                {
                    (best, found) = (fit, (dx * _cell, dy * _cell));
                }
            }
        }

        return best >= 0.5 ? found : null;
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("usual-view-1");
        state.Write(_looked?.UtcTicks ?? -1);
        state.Write(_clear?.UtcTicks ?? -1);
        state.Write(_learnt);
        state.Write(_learnable);
        state.Write(_recentSeconds);
        state.Write(Hidden);
        state.Write(Foreign);
        state.Write(HiddenShare);
        state.WriteArray<float>(_edges);
        state.WriteArray<float>(_recent);
        state.WriteArray<float>(_usual);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("usual-view-1");
        long looked = state.ReadInt64(), clear = state.ReadInt64();
        _looked = looked < 0 ? null : new DateTimeOffset(looked, TimeSpan.Zero);
        _clear = clear < 0 ? null : new DateTimeOffset(clear, TimeSpan.Zero);
        _learnt = state.ReadDouble();
        _learnable = state.ReadDouble();
        _recentSeconds = state.ReadDouble();
        Hidden = state.ReadBoolean();
        Foreign = state.ReadBoolean();
        HiddenShare = state.ReadDouble();
        state.ReadArray<float>(_edges);
        state.ReadArray<float>(_recent);
        state.ReadArray<float>(_usual);
    }

    private void Compare(DateTimeOffset time)
    {
        int textured = 0, foreign = 0, hidden = 0;
        int tileWidth = _width / Across, tileHeight = _height / Down;
        for (int tile = 0; tile < Across * Down; tile++)
        {
            int left = tile % Across * tileWidth, top = tile / Across * tileHeight;
            (float usualMean, float usualDeviation) = Statistics(_usual, left, top, tileWidth, tileHeight);
            if (usualDeviation < Texture)
            {
                continue;
            }

            textured++;
            (float mean, float deviation) = Statistics(_recent, left, top, tileWidth, tileHeight);
            hidden += mean < 0.35f * usualMean && deviation < 0.35f * usualDeviation ? 1 : 0;
            foreign += BestFit(left, top, tileWidth, tileHeight) < Fit ? 1 : 0;
        }

        HiddenShare = textured == 0 ? 0 : hidden / (double)textured;

        // A view without structure has nothing to be recognised by.
        bool known = _learnt >= LearnSeconds / 3 && textured >= 5;
        bool gone = known && HiddenShare >= MostHidden;
        if (!gone && HiddenShare < MostHidden / 2)
        {
            _clear = time;
        }

        Hidden = gone && (Hidden || (_clear is { } clear && (time - clear).TotalSeconds <= SuddenSeconds));
        Foreign = known && !gone && foreign >= MostForeign * textured;
    }

    private double BestFit(int left, int top, int width, int height)
    {
        double best = -1;
        for (int dy = -Shake; dy <= Shake; dy++)
        {
            for (int dx = -Shake; dx <= Shake; dx++)
            {
                int x = Math.Clamp(left, Math.Max(0, dx), _width - width + Math.Min(0, dx));
                int y = Math.Clamp(top, Math.Max(0, dy), _height - height + Math.Min(0, dy));
                best = Math.Max(best, Correlation(x, y, width, height, dx, dy));
            }
        }

        return best;
    }

    /// <summary>Correlation of recent edges with the usual ones that lie (dx, dy) to the left and above.</summary>
    private double Correlation(int left, int top, int width, int height, int dx, int dy)
    {
        double n = width * height, a = 0, b = 0, aa = 0, bb = 0, ab = 0;
        for (int y = top; y < top + height; y++)
        {
            ReadOnlySpan<float> recent = _recent.AsSpan((y * _width) + left, width);
            ReadOnlySpan<float> usual = _usual.AsSpan(((y - dy) * _width) + left - dx, width);
            for (int x = 0; x < width; x++)
            {
                float r = recent[x], u = usual[x];
                a += r;
                b += u;
                aa += r * r;
                bb += u * u;
                ab += r * u;
            }
        }

        double both = ((aa / n) - (a / n * (a / n))) * ((bb / n) - (b / n * (b / n)));
        return both <= 1e-9 ? 0 : ((ab / n) - (a / n * (b / n))) / Math.Sqrt(both);
    }

    private (float Mean, float Deviation) Statistics(float[] plane, int left, int top, int width, int height)
    {
        float sum = 0, squares = 0, n = width * height;
        for (int y = top; y < top + height; y++)
        {
            foreach (float value in plane.AsSpan((y * _width) + left, width))
            {
                sum += value;
                squares += value * value;
            }
        }

        float mean = sum / n;
        return (mean, MathF.Sqrt(Math.Max(0, (squares / n) - (mean * mean))));
    }

    /// <summary>Means of the cells and the steps between neighbours.</summary>
    private void Edges(Frame frame)
    {
        Array.Clear(_means);
        ReadOnlySpan<byte> luma = frame.Luma;
        for (int y = 0; y < _height * _cell; y += 2)
        {
            ReadOnlySpan<byte> row = luma.Slice(y * frame.Width, frame.Width);
            Span<float> means = _means.AsSpan(y / _cell * _width, _width);
            for (int x = 0; x < _width; x++)
            {
                int sum = 0;
                foreach (byte value in row.Slice(x * _cell, _cell))
                {
                    sum += value;
                }

                means[x] += sum;
            }
        }

        float scale = 1f / (_cell * ((_cell + 1) / 2));
        for (int y = 0; y < _height; y++)
        {
            for (int x = 0; x < _width; x++)
            {
                int at = (y * _width) + x;
                float across = _means[at + (x < _width - 1 ? 1 : 0)] - _means[at - (x > 0 ? 1 : 0)];
                float down = _means[at + (y < _height - 1 ? _width : 0)] - _means[at - (y > 0 ? _width : 0)];
                _edges[at] = (Math.Abs(across) + Math.Abs(down)) * scale * 0.5f;
            }
        }
    }
}
