using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.Das.Hough;

/// <summary>How much later than a straight line says each position sees a vehicle, learnt from the vehicles themselves.</summary>
/// <remarks>
/// Slack loops, bends and uneven burial put a channel some metres from where its number says, which shows as the same delay
/// for every vehicle of a direction. Residuals of finished tracks move each position's delay a little; what the fit cannot
/// tell from speed (a trend along the section) is taken out.
/// </remarks>
internal sealed class PositionDelays : IResumable
{
    private const double FirstStep = 0.3;
    private const double LastStep = 0.02;
    private const double LargestMove = 0.15;
    private const double Latest = 0.4;

    private readonly double[][] _delays;
    private readonly int[][] _counts;
    private readonly double _limit;
    private readonly bool _learn;

    public PositionDelays(int positions, DetectOptions options)
    {
        _limit = options.MaxDelaySeconds;
        _learn = options.LearnDelays;
        _delays = [new double[positions], new double[positions]];
        _counts = [new int[positions], new int[positions]];
    }

    /// <summary>Largest positive delay, s: evidence must be waited for as long.</summary>
    public double LatestSeconds => _learn ? Math.Min(_limit, Latest) : 0;

    /// <summary>Largest negative delay, s.</summary>
    public double EarliestSeconds => _learn ? _limit : 0;

    /// <summary>Delay of each position for a direction (0 increasing, 1 decreasing), s.</summary>
    public double[] Of(int direction) => _delays[direction];

    /// <summary>Takes the residuals of a finished track: observed less fitted time, the delay already taken out.</summary>
    public void Learn(int direction, IReadOnlyList<(int Position, double ResidualSeconds)> residuals)
    {
        if (!_learn)
        {
            return;
        }

        double[] delays = _delays[direction];
        int[] counts = _counts[direction];
        foreach ((int position, double residual) in residuals)
        {
            double step = Math.Max(LastStep, FirstStep / (1 + (0.2 * counts[position])));
            counts[position]++;
            delays[position] += step * Math.Clamp(residual, -LargestMove, LargestMove);
        }

        RemoveTrend(delays, counts);
        for (int p = 0; p < delays.Length; p++)
        {
            delays[p] = Math.Clamp(delays[p], -_limit, Math.Min(_limit, Latest));
        }
    }

    public void Set(int direction, IReadOnlyList<double> delays)
    {
        for (int p = 0; p < Math.Min(delays.Count, _delays[direction].Length); p++)
        {
            _delays[direction][p] = Math.Clamp(delays[p], -_limit, Math.Min(_limit, Latest));
            _counts[direction][p] = 30;
        }
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("delays-1");
        for (int d = 0; d < 2; d++)
        {
            state.WriteArray<double>(_delays[d]);
            state.WriteArray<int>(_counts[d]);
        }
    }

    public void Load(BinaryReader state)
    {
        state.Expect("delays-1");
        for (int d = 0; d < 2; d++)
        {
            state.ReadArray<double>(_delays[d]);
            state.ReadArray<int>(_counts[d]);
        }
    }

    private static void RemoveTrend(double[] delays, int[] counts)
    {
        double n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
        for (int p = 0; p < delays.Length; p++)
        {
            if (counts[p] > 0)
            {
                n++;
                sx += p;
                sy += delays[p];
                sxx += (double)p * p;
                sxy += p * delays[p];
            }
        }

        double spread = (n * sxx) - (sx * sx);
        if (n < 3 || spread <= 0)
        {
            return;
        }

        double slope = ((n * sxy) - (sx * sy)) / spread, level = (sy - (slope * sx)) / n;
        for (int p = 0; p < delays.Length; p++)
        {
            if (counts[p] > 0)
            {
                delays[p] -= level + (slope * p);
            }
        }
    }
}
