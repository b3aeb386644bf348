namespace Sensing.Das.Hough;

/// <summary>What delays and speed share: a constant and a trend along the fibre.</summary>
internal static class Trend
{
    /// <summary>Takes the line of least squares through the known values out of them; the others, and values too few for a line, become 0.</summary>
    public static void Remove(Span<double> values, bool[] known)
    {
        double n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
        for (int p = 0; p < values.Length; p++)
        {
            if (known[p])
            {
                n++;
                sx += p;
                sy += values[p];
                sxx += (double)p * p;
                sxy += p * values[p];
            }
        }

        double spread = (n * sxx) - (sx * sx);
        if (n < 3 || spread <= 0)
        {
            values.Clear();
            return;
        }

        double slope = ((n * sxy) - (sx * sy)) / spread, level = (sy - (slope * sx)) / n;
        for (int p = 0; p < values.Length; p++)
        {
            values[p] = known[p] ? values[p] - level - (slope * p) : 0;
        }
    }
}
