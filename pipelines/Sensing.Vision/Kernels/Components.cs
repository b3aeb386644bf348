namespace Sensing.Vision.Kernels;

/// <summary>Connected components (of eight neighbours) of a byte plane's pixels that are not 0, by runs.</summary>
/// <remarks>Runs of a row are joined to those of the row above with a disjoint-set forest; memory grows to the most runs seen.</remarks>
public sealed class Components
{
    private int[] _row = new int[1024], _from = new int[1024], _to = new int[1024], _parent = new int[1024];

    /// <summary>Runs of the last plane.</summary>
    public int Runs { get; private set; }

    /// <summary>Row of a run.</summary>
    public int RowOf(int run) => _row[run];

    /// <summary>First pixel of a run in its row.</summary>
    public int FromOf(int run) => _from[run];

    /// <summary>Pixel after the last of a run.</summary>
    public int ToOf(int run) => _to[run];

    /// <summary>The run that stands for the component: the smallest index among its runs.</summary>
    public int RootOf(int run)
    {
        while (_parent[run] != run)
        {
            _parent[run] = _parent[_parent[run]];
            run = _parent[run];
        }

        return run;
    }

    /// <summary>Finds the components.</summary>
    public void Find(ReadOnlySpan<byte> plane, int width)
    {
        Runs = 0;
        int height = plane.Length / width, aboveFrom = 0, aboveTo = 0;
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> row = plane.Slice(y * width, width);
            int first = Runs, above = aboveFrom, x = 0;
            while (true)
            {
                int start = row[x..].IndexOfAnyExcept((byte)0);
                if (start < 0)
                {
                    break;
                }

                start += x;
                int length = row[start..].IndexOf((byte)0), end = length < 0 ? width : start + length;
                int run = Add(y, start, end);
                // Runs above that touch, corners included.
                while (above < aboveTo && _to[above] < start)
                {
                    above++;
                }

                for (int k = above; k < aboveTo && _from[k] <= end; k++)
                {
                    Join(run, k);
                }

                x = end;
                if (x >= width)
                {
                    break;
                }
            }

            aboveFrom = first;
            aboveTo = Runs;
        }
    }

    private int Add(int y, int from, int to)
    {
        if (Runs == _row.Length)
        {
            Array.Resize(ref _row, 2 * Runs);
            Array.Resize(ref _from, 2 * Runs);
            Array.Resize(ref _to, 2 * Runs);
            Array.Resize(ref _parent, 2 * Runs);
        }

        _row[Runs] = y;
        _from[Runs] = from;
        _to[Runs] = to;
        _parent[Runs] = Runs;
        return Runs++;
    }

    private void Join(int a, int b)
    {
        a = RootOf(a);
        b = RootOf(b);
        if (a != b)
        {
            _parent[Math.Max(a, b)] = Math.Min(a, b);
        }
    }
}
