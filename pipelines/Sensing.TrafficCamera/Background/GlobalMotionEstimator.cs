using Sensing.Steps;
using Sensing.Vision.Kernels;

namespace Sensing.TrafficCamera.Background;

/// <summary>Finds the camera's shift between the background and a frame by matching many structured blocks together.</summary>
/// <remarks>The cost of a shift is the sum of the blocks' absolute differences, each capped: a block that a vehicle covers costs the same at
/// every shift and has no say. Summed before the minimum is sought, edges of different directions settle both components, although
/// every single block may slide along its edge (aperture problem).</remarks>
internal sealed class GlobalMotionEstimator
{
    private const int Columns = 8;
    private const int Rows = 6;

    /// <summary>Structure below which a block has no say: mean absolute gradient, levels a pixel.</summary>
    private const int LeastGradient = 5;

    /// <summary>Mean difference from which a block counts as covered, levels.</summary>
    private const int Covered = 18;

    /// <summary>With fewer blocks in agreement the picture has changed, not moved.</summary>
    private const double LeastConfidence = 0.25;

    private readonly int _width;
    private readonly int _height;
    private readonly int _range;
    private readonly List<(int X, int Y)> _blocks = new(Columns * Rows);
    private int _beforeX;
    private int _beforeY;
    private int _age;

    public GlobalMotionEstimator(int width, int height, int range)
    {
        _width = width;
        _height = height;
        _range = range;
    }

    /// <summary>The shift of the frame's luma against the reference.</summary>
    /// <param name="reference">Luma of the background in a canvas with a margin of the range.</param>
    /// <param name="stride">Width of the canvas.</param>
    /// <param name="luma">Of the frame.</param>
    public GlobalMotion Estimate(ReadOnlySpan<byte> reference, int stride, ReadOnlySpan<byte> luma)
    {
        if (_age++ % 16 == 0)
        {
            Choose(reference, stride);
        }

        if (_blocks.Count < 4)
        {
            return new GlobalMotion(0, 0, 0);
        }

        // The shift of the frame before first: close to it others are given up early.
        int bestX = _beforeX, bestY = _beforeY, best = Cost(reference, stride, luma, bestX, bestY, int.MaxValue);
        for (int v = -_range; v <= _range; v++)
        {
            for (int u = -_range; u <= _range; u++)
            {
                int cost = Cost(reference, stride, luma, u, v, best);
                if (cost < best)
                {
                    (best, bestX, bestY) = (cost, u, v);
                }
            }
        }

        _beforeX = bestX;
        _beforeY = bestY;
        int agreeing = 0;
        foreach ((int x, int y) in _blocks)
        {
            agreeing += Block(reference, stride, luma, x, y, bestX, bestY) < Covered * 64 * 2 / 3 ? 1 : 0;
        }

        double confidence = (double)agreeing / _blocks.Count;
        if (confidence < LeastConfidence)
        {
            return new GlobalMotion(0, 0, confidence);
        }

        int left = Near(reference, stride, luma, bestX - 1, bestY, best), right = Near(reference, stride, luma, bestX + 1, bestY, best);
        int above = Near(reference, stride, luma, bestX, bestY - 1, best), below = Near(reference, stride, luma, bestX, bestY + 1, best);
        return new GlobalMotion(
            Math.Clamp(bestX + Vertex(left, best, right), -_range, _range), Math.Clamp(bestY + Vertex(above, best, below), -_range, _range), confidence);
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("global-motion-1");
        state.Write(_age);
        state.Write(_beforeX);
        state.Write(_beforeY);
        state.Write(_blocks.Count);
        foreach ((int x, int y) in _blocks)
        {
            state.Write(x);
            state.Write(y);
        }
    }

    public void Load(BinaryReader state)
    {
        state.Expect("global-motion-1");
        _age = state.ReadInt32();
        _beforeX = Math.Clamp(state.ReadInt32(), -_range, _range);
        _beforeY = Math.Clamp(state.ReadInt32(), -_range, _range);
        int count = state.ReadInt32();
        if (count is < 0 or > Columns * Rows)
        {
            throw new InvalidDataException($"The saved state claims {count} blocks; at most {Columns * Rows} are possible.");
        }

        _blocks.Clear();
        for (int k = 0; k < count; k++)
        {
            _blocks.Add((state.ReadInt32(), state.ReadInt32()));
        }
    }

    /// <summary>In each cell of a grid the block with most structure.</summary>
    private void Choose(ReadOnlySpan<byte> reference, int stride)
    {
        _blocks.Clear();
        int cellX = (_width - (2 * _range) - 2) / Columns, cellY = (_height - (2 * _range) - 2) / Rows;
        for (int r = 0; r < Rows; r++)
        {
            for (int c = 0; c < Columns; c++)
            {
                int most = LeastGradient * 64, bx = -1, by = -1;
                for (int y = _range + (r * cellY); y + BlockDifference.Side <= _range + ((r + 1) * cellY); y += 8)
                {
                    for (int x = _range + (c * cellX); x + BlockDifference.Side <= _range + ((c + 1) * cellX); x += 8)
                    {
                        int at = ((y + _range) * stride) + x + _range;
                        int across = BlockDifference.Sum(reference[at..], stride, reference[(at + 2)..], stride, 4);
                        int down = BlockDifference.Sum(reference[at..], stride, reference[(at + (2 * stride))..], stride, 4);
                        if (across + down > most)
                        {
                            (most, bx, by) = (across + down, x, y);
                        }
                    }
                }

                if (bx >= 0)
                {
                    _blocks.Add((bx, by));
                }
            }
        }
    }

    private int Near(ReadOnlySpan<byte> reference, int stride, ReadOnlySpan<byte> luma, int u, int v, int otherwise)
        => Math.Abs(u) > _range || Math.Abs(v) > _range ? otherwise : Cost(reference, stride, luma, u, v, int.MaxValue);

    private int Cost(ReadOnlySpan<byte> reference, int stride, ReadOnlySpan<byte> luma, int u, int v, int enough)
    {
        int sum = 0;
        foreach ((int x, int y) in _blocks)
        {
            sum += Math.Min(Block(reference, stride, luma, x, y, u, v), Covered * 64);
            if (sum >= enough)
            {
                break;
            }
        }

        return sum;
    }

    private int Block(ReadOnlySpan<byte> reference, int stride, ReadOnlySpan<byte> luma, int x, int y, int u, int v)
        => BlockDifference.Sum(
            reference[(((y + _range) * stride) + x + _range)..], stride, luma[(((y + v) * _width) + x + u)..], _width, 4);

    /// <summary>Sub-pixel minimum of a V-shaped cost, as sums of absolute differences have.</summary>
    private static double Vertex(int left, int middle, int right)
    {
        int steep = Math.Max(left, right) - middle;
        return steep <= 0 ? 0 : (left - right) / 2.0 / steep;
    }
}
