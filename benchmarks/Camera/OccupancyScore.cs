using Sensing.TrafficCamera.Background;

namespace Sensing.Benchmarks.Camera;

/// <summary>Masks found against masks made by people, over a sequence.</summary>
/// <remarks>Pixels outside (85) and unknown (170) do not count; shadow (50) is road. F is that of the sums over all scored frames.</remarks>
internal sealed class OccupancyScore
{
    private const byte Outside = 85, Unknown = 170, Moving = 255;

    private long _hits;
    private long _false;
    private long _missed;
    private double _error;
    private int _frames;

    /// <summary>Share of the found pixels that move.</summary>
    public double Precision => (double)_hits / Math.Max(1, _hits + _false);

    /// <summary>Share of the moving pixels that are found.</summary>
    public double Recall => (double)_hits / Math.Max(1, _hits + _missed);

    public double F => 2.0 * _hits / Math.Max(1, (2 * _hits) + _false + _missed);

    /// <summary>Mean of |share of moving pixels found − true share|.</summary>
    public double OccupancyError => _error / Math.Max(1, _frames);

    /// <summary>Adds a frame.</summary>
    public void Add(ReadOnlySpan<byte> found, ReadOnlySpan<byte> truth)
    {
        long hits = 0, wrong = 0, missed = 0, counted = 0;
        for (int i = 0; i < truth.Length; i++)
        {
            if (truth[i] is Outside or Unknown)
            {
                continue;
            }

            counted++;
            bool moves = truth[i] == Moving, is255 = found[i] == PixelClass.Vehicle;
            hits += moves && is255 ? 1 : 0;
            wrong += !moves && is255 ? 1 : 0;
            missed += moves && !is255 ? 1 : 0;
        }

        if (counted == 0)
        {
            return;
        }

        _hits += hits;
        _false += wrong;
        _missed += missed;
        _error += Math.Abs((double)(wrong - missed) / counted);
        _frames++;
    }
}
