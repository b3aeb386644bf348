using System.Numerics;
using Sensing.Vision.Kernels;

namespace Sensing.TrafficCamera.Background;

internal sealed partial class MaskCleaning
{
    /// <summary>Evidence below which a pixel inside a vehicle's outline looks exactly like the road, and is.</summary>
    private const byte SameAsRoad = 12;

    /// <summary>Share of a ghost's pixels behind which the scene has settled.</summary>
    private const double GhostSettled = 0.7;

    /// <summary>How much more contrast the background has along a ghost's outline than the frame.</summary>
    private const int GhostContrast = 2;

    private readonly int[] _rowFrom;
    private readonly int[] _rowTo;
    private readonly int[] _columnFrom;
    private readonly int[] _columnTo;
    private int[] _next = new int[1024];
    private int[] _last = new int[1024];
    private int[] _sums = new int[4096];

    /// <summary>Adds to each blob what lies between its parts both along the row and along the column.</summary>
    /// <remarks>A windscreen that mirrors the sky like the road does, or a bonnet as dark as a shadow, lies between parts that differ; a shadow
    /// beside or below the vehicle does not.</remarks>
    private void FillOutlines(byte[] evidence)
    {
        _components.Find(_mask, _width);
        int runs = _components.Runs;
        if (_next.Length < runs)
        {
            Array.Resize(ref _next, 2 * runs);
            Array.Resize(ref _last, 2 * runs);
        }

        // The runs of each blob as a list.
        for (int k = 0; k < runs; k++)
        {
            int root = _components.RootOf(k);
            _next[k] = -1;
            if (root != k)
            {
                _next[_last[root]] = k;
            }

            _last[root] = k;
        }

        for (int k = 0; k < runs; k++)
        {
            if (_components.RootOf(k) == k)
            {
                FillOutline(k, evidence);
            }
        }
    }

    private void FillOutline(int root, byte[] evidence)
    {
        int top = _components.RowOf(root), bottom = top, left = _width, right = 0;
        for (int k = root; k >= 0; k = _next[k])
        {
            bottom = _components.RowOf(k);
            left = Math.Min(left, _components.FromOf(k));
            right = Math.Max(right, _components.ToOf(k));
        }

        _rowFrom.AsSpan(top, bottom - top + 1).Fill(int.MaxValue);
        _rowTo.AsSpan(top, bottom - top + 1).Fill(-1);
        _columnFrom.AsSpan(left, right - left).Fill(int.MaxValue);
        _columnTo.AsSpan(left, right - left).Fill(-1);
        for (int k = root; k >= 0; k = _next[k])
        {
            int y = _components.RowOf(k), from = _components.FromOf(k), to = _components.ToOf(k);
            _rowFrom[y] = Math.Min(_rowFrom[y], from);
            _rowTo[y] = Math.Max(_rowTo[y], to - 1);
            for (int x = from; x < to; x++)
            {
                _columnFrom[x] = Math.Min(_columnFrom[x], y);
                _columnTo[x] = y;
            }
        }

        for (int y = top; y <= bottom; y++)
        {
            for (int x = _rowFrom[y]; x <= _rowTo[y]; x++)
            {
                int i = (y * _width) + x;
                if (_columnFrom[x] <= y && _columnTo[x] >= y && evidence[i] >= SameAsRoad)
                {
                    _mask[i] = 255;
                }
            }
        }
    }

    /// <summary>The strict mask where it keeps most of a blob of the whole one, that one where it does not: a dark vehicle.</summary>
    private void ChooseBlobs()
    {
        _components.Find(_whole, _width);
        Span<int> sums = Sums(2);
        for (int k = 0; k < _components.Runs; k++)
        {
            int root = 2 * _components.RootOf(k);
            sums[root] += Run(k, _whole).Length;
            sums[root + 1] += Run(k, _mask).Count((byte)255);
        }

        for (int i = 0; i < _mask.Length; i += Vector<byte>.Count)
        {
            (new Vector<byte>(_mask, i) & new Vector<byte>(_whole, i)).CopyTo(_mask, i);
        }

        for (int k = 0; k < _components.Runs; k++)
        {
            int root = 2 * _components.RootOf(k);
            if (sums[root + 1] < _options.VehicleShare * sums[root])
            {
                Run(k, _mask).Fill(255);
            }
        }
    }

    /// <summary>What no path of other pixels joins to the canvas' edge becomes part of the blob round it.</summary>
    private void FillHoles()
    {
        for (int i = 0; i < _mask.Length; i += Vector<byte>.Count)
        {
            (~new Vector<byte>(_mask, i)).CopyTo(_other, i);
        }

        _components.Find(_other, _width);
        Span<int> open = Sums(1);
        for (int k = 0; k < _components.Runs; k++)
        {
            if (_components.FromOf(k) == 0 || _components.ToOf(k) == _width || _components.RowOf(k) == 0 || _components.RowOf(k) == _height - 1)
            {
                open[_components.RootOf(k)] = 1;
            }
        }

        for (int k = 0; k < _components.Runs; k++)
        {
            if (open[_components.RootOf(k)] == 0)
            {
                Run(k, _mask).Fill(255);
            }
        }
    }

    /// <summary>A blob whose outline is in the background and not in the frame is what stood there when the background was learned.</summary>
    /// <remarks>It has driven away (a ghost: Cucchiara et al., IEEE Trans. PAMI 25, 2003). What is seen in its place is the background.</remarks>
    private void RemoveGhosts(BackgroundPixels pixels)
    {
        Array.Copy(_mask, _other, _mask.Length);
        Morphology.Erode(_other, _scratch, _width, 1, 1);
        _components.Find(_mask, _width);
        Span<int> sums = Sums(4);
        for (int k = 0; k < _components.Runs; k++)
        {
            int root = 4 * _components.RootOf(k), from = (_components.RowOf(k) * _width) + _components.FromOf(k), length = Run(k, _mask).Length;
            sums[root] += length;
            for (int i = from; i < from + length; i++)
            {
                sums[root + 1] += pixels.Settled(i) ? 1 : 0;
                if (_other[i] == 0)
                {
                    sums[root + 2] += _frameContrast[i];
                    sums[root + 3] += _sceneContrast[i];
                }
            }
        }

        for (int k = 0; k < _components.Runs; k++)
        {
            int root = 4 * _components.RootOf(k);
            if (sums[root + 1] > GhostSettled * sums[root] && sums[root + 3] > GhostContrast * sums[root + 2])
            {
                pixels.Adopt((_components.RowOf(k) * _width) + _components.FromOf(k), Run(k, _mask).Length);
                Run(k, _mask).Clear();
            }
        }
    }

    private void RemoveSmall(int least)
    {
        _components.Find(_mask, _width);
        Span<int> areas = Sums(1);
        for (int k = 0; k < _components.Runs; k++)
        {
            areas[_components.RootOf(k)] += Run(k, _mask).Length;
        }

        for (int k = 0; k < _components.Runs; k++)
        {
            if (areas[_components.RootOf(k)] < least)
            {
                Run(k, _mask).Clear();
            }
        }
    }

    private Span<byte> Run(int run, byte[] plane)
        => plane.AsSpan((_components.RowOf(run) * _width) + _components.FromOf(run), _components.ToOf(run) - _components.FromOf(run));

    /// <summary>So many zeros for each blob, at its root run.</summary>
    private Span<int> Sums(int each)
    {
        int count = each * _components.Runs;
        if (_sums.Length < count)
        {
            Array.Resize(ref _sums, 2 * count);
        }

        Span<int> sums = _sums.AsSpan(0, count);
        sums.Clear();
        return sums;
    }
}
