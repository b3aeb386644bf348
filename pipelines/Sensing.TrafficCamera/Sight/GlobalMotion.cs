using Sensing.Steps;
using Sensing.Streams;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Sight;

/// <summary>Displacement of the whole picture from frame to frame: sums of rows and columns of each tile are shifted
/// until they fit; the median over the tiles is blind to vehicles.</summary>
internal sealed class GlobalMotion : IResumable
{
    private const int Across = 4, Down = 3, Reach = 10;

    private readonly int _width;
    private readonly int _tileWidth;
    private readonly int _tileHeight;
    private readonly int[] _columns;
    private readonly int[] _rows;
    private readonly int[] _columnsBefore;
    private readonly int[] _rowsBefore;
    private readonly double[] _shifts = new double[Across * Down];
    private bool _started;

    public GlobalMotion(int width, int height)
    {
        _width = width;
        _tileWidth = width / Across;
        _tileHeight = height / Down;
        _columns = new int[Across * Down * _tileWidth];
        _rows = new int[Across * Down * _tileHeight];
        _columnsBefore = new int[_columns.Length];
        _rowsBefore = new int[_rows.Length];
    }

    /// <summary>Displacement since the frame before, pixels; 0 at the first.</summary>
    public (double X, double Y) Measure(Frame frame)
    {
        Project(frame.Luma);
        (double, double) motion = _started
            ? (Shift(_columns, _columnsBefore, _tileWidth), Shift(_rows, _rowsBefore, _tileHeight))
            : (0, 0);
        _columns.CopyTo(_columnsBefore, 0);
        _rows.CopyTo(_rowsBefore, 0);
        _started = true;
        return motion;
    }

    public void Reset() => _started = false;

    public void Save(BinaryWriter state)
    {
        state.Mark("sight-motion-1");
        state.Write(_started);
        state.WriteArray<int>(_columnsBefore);
        state.WriteArray<int>(_rowsBefore);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("sight-motion-1");
        _started = state.ReadBoolean();
        state.ReadArray<int>(_columnsBefore);
        state.ReadArray<int>(_rowsBefore);
    }

    private void Project(ReadOnlySpan<byte> luma)
    {
        Array.Clear(_columns);
        Array.Clear(_rows);
        for (int y = 0; y < _tileHeight * Down; y++)
        {
            ReadOnlySpan<byte> row = luma.Slice(y * _width, _width);
            int band = y / _tileHeight;
            for (int tile = 0; tile < Across; tile++)
            {
                int index = (band * Across) + tile, sum = 0;
                ReadOnlySpan<byte> part = row.Slice(tile * _tileWidth, _tileWidth);
                if ((y & 3) == 0)
                {
                    Span<int> columns = _columns.AsSpan(index * _tileWidth, _tileWidth);
                    for (int x = 0; x < part.Length; x++)
                    {
                        columns[x] += part[x];
                    }
                }

                for (int x = 0; x < part.Length; x += 4)
                {
                    sum += part[x];
                }

                _rows[(index * _tileHeight) + (y - (band * _tileHeight))] = sum;
            }
        }
    }

    private double Shift(int[] now, int[] before, int length)
    {
        int tiles = Across * Down, counted = 0;
        for (int tile = 0; tile < tiles; tile++)
        {
            if (ShiftOf(now.AsSpan(tile * length, length), before.AsSpan(tile * length, length)) is { } shift)
            {
                _shifts[counted++] = shift;
            }
        }

        // Few textured tiles: nothing can be said.
        if (counted < tiles / 3)
        {
            return 0;
        }

        Span<double> shifts = _shifts.AsSpan(0, counted);
        shifts.Sort();
        double median = (shifts[(counted - 1) / 2] + shifts[counted / 2]) / 2;
        int agreeing = 0;
        foreach (double shift in shifts)
        {
            agreeing += Math.Abs(shift - median) < 1 ? 1 : 0;
        }

        // A camera that moves moves everything; vehicles move a part of the tiles, each its own way.
        return agreeing * 3 >= counted * 2 ? median : 0;
    }

    /// <summary>The shift of the slopes of two profiles that fits best, refined by a parabola; null without texture.</summary>
    private static double? ShiftOf(ReadOnlySpan<int> now, ReadOnlySpan<int> before)
    {
        int length = now.Length - (2 * Reach) - 2;
        if (length < 8)
        {
            return null;
        }

        Span<long> errors = stackalloc long[(2 * Reach) + 1];
        int best = Reach;
        for (int s = -Reach; s <= Reach; s++)
        {
            long error = 0;
            for (int x = Reach + 1; x < Reach + 1 + length; x++)
            {
                int slope = now[x] - now[x - 1], other = before[x - s] - before[x - s - 1];
                error += Math.Abs(slope - other);
            }

            errors[s + Reach] = error;
            if (error < errors[best])
            {
                best = s + Reach;
            }
        }

        long mean = 0;
        foreach (long error in errors)
        {
            mean += error / errors.Length;
        }

        if (errors[best] > 0.7 * mean)
        {
            return null;
        }

        if (best is 0 or 2 * Reach)
        {
            return best - Reach;
        }

        double a = errors[best - 1], b = errors[best], c = errors[best + 1], bend = a - (2 * b) + c;
        return best - Reach + (bend > 0 ? Math.Clamp((a - c) / (2 * bend), -0.5, 0.5) : 0);
    }
}
