using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.Das.Hough;

/// <summary>How much later than a straight line says each position sees a vehicle, learnt from the vehicles themselves.</summary>
/// <remarks>
/// Slack loops, bends and uneven burial put a channel some metres from where its number says, which shows as the same delay
/// for every vehicle of a direction. A delay has two parts: the coarse one, <see cref="CoarseDelays"/>, and a fine one from the residuals
/// of finished tracks. The fine one is kept within <see cref="MostFine"/>, less than half the distance from one peak of the signature to
/// the next, so that it cannot settle a cycle beside, and drawn towards zero. From both is taken what cannot be told from speed: a trend
/// along the section.
/// </remarks>
internal sealed class PositionDelays : IResumable
{
    private const double FirstStep = 0.3;
    private const double LastStep = 0.02;
    private const double LargestMove = 0.15;
    private const double Latest = 0.6;

    /// <summary>Fibre over which delays are alike, m: they come from loops and bends, and from channels that overlap by the gauge length.</summary>
    private const double StretchM = 25;

    /// <summary>Largest fine part, s.</summary>
    private const double MostFine = 0.25;

    /// <summary>How much of the fine part each track takes back: it stays only where residuals go on asking for it.</summary>
    private const double Shrink = 0.1;

    private readonly double[][] _delays;
    private readonly double[][] _given;
    private readonly double[][] _fine;
    private readonly int[][] _counts;
    private readonly CoarseDelays[] _coarse;
    private readonly double _limit;
    private readonly bool _learn;

    public PositionDelays(int positions, DetectOptions options)
    {
        _limit = options.MaxDelaySeconds;
        _learn = options.LearnDelays;
        _delays = [new double[positions], new double[positions]];
        _given = [new double[positions], new double[positions]];
        _fine = [new double[positions], new double[positions]];
        _counts = [new int[positions], new int[positions]];
        _coarse = [new CoarseDelays(positions, _limit), new CoarseDelays(positions, _limit)];
    }

    /// <summary>Largest positive delay, s: evidence must be waited for as long.</summary>
    public double LatestSeconds => _learn ? Math.Min(_limit, Latest) : 0;

    /// <summary>Largest negative delay, s.</summary>
    public double EarliestSeconds => _learn ? _limit : 0;

    /// <summary>Delay of each position for a direction (0 increasing, 1 decreasing), s.</summary>
    public double[] Of(int direction) => _delays[direction];

    /// <summary>Standard error that unknown trends of the delays leave in a slowness, s/m.</summary>
    /// <remarks>What delays and speed share is taken out of the delays and cannot be known. Independent delays of deviation σ over n stretches of
    /// fibre have by chance a trend of deviation σ √(12/n) over their whole length: the standard error of a regression on evenly spaced points.</remarks>
    /// <param name="direction">0 increasing, 1 decreasing.</param>
    /// <param name="lengthM">Length of the track, m.</param>
    public double TrendError(int direction, double lengthM)
    {
        if (!_learn || lengthM <= 0)
        {
            return 0;
        }

        double deviation = Math.Sqrt(_delays[direction].Average(delay => delay * delay));
        return deviation * Math.Sqrt(12 / Math.Max(2, lengthM / StretchM)) / lengthM;
    }

    /// <summary>Takes a finished track.</summary>
    /// <param name="direction">0 increasing, 1 decreasing.</param>
    /// <param name="coarse">Times of the slow part of the passage, in order of positions, no delay taken out.</param>
    /// <param name="residuals">Observed less fitted time of the track, the whole delay taken out.</param>
    public void Learn(
        int direction, IReadOnlyList<(int Position, double Seconds)> coarse, IReadOnlyList<(int Position, double ResidualSeconds)> residuals)
    {
        if (!_learn)
        {
            return;
        }

        if (IsUsed(direction))
        {
            Move(_fine[direction], _counts[direction], residuals);
        }
        else
        {
            _coarse[direction].Add(coarse);
        }

        Sum(direction);
    }

    /// <summary>Takes delays that a calibration has found; they stand in for the coarse ones.</summary>
    public void Set(int direction, IReadOnlyList<double> delays)
    {
        for (int p = 0; p < Math.Min(delays.Count, _given[direction].Length); p++)
        {
            _given[direction][p] = Math.Clamp(delays[p], -_limit, Math.Min(_limit, Latest));
            _counts[direction][p] = 30;
        }

        Sum(direction);
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("delays-2");
        for (int d = 0; d < 2; d++)
        {
            _coarse[d].Save(state);
            state.WriteArray<double>(_fine[d]);
            state.WriteArray<int>(_counts[d]);
        }
    }

    public void Load(BinaryReader state)
    {
        int version = state.ExpectOneOf("delays-1", "delays-2");
        for (int d = 0; d < 2; d++)
        {
            if (version == 0)
            {
                // They may have drifted: learnt anew.
                state.ReadArray<double>(new double[_fine[d].Length]);
                state.ReadArray<int>(new int[_fine[d].Length]);
                continue;
            }

            _coarse[d].Load(state);
            state.ReadArray<double>(_fine[d]);
            state.ReadArray<int>(_counts[d]);
            Sum(d);
        }
    }

    private bool IsUsed(int direction) => IsGiven(direction) || _coarse[direction].IsKnown;

    private bool IsGiven(int direction) => Array.Exists(_given[direction], delay => delay != 0);

    private static void Move(double[] delays, int[] counts, IReadOnlyList<(int Position, double ResidualSeconds)> residuals)
    {
        foreach ((int position, double residual) in residuals)
        {
            double step = Math.Max(LastStep, FirstStep / (1 + (0.2 * counts[position])));
            counts[position]++;
            delays[position] += step * (Math.Clamp(residual, -LargestMove, LargestMove) - (Shrink * delays[position]));
        }

        Trend.Remove(delays, [.. counts.Select(count => count > 0)]);
        for (int p = 0; p < delays.Length; p++)
        {
            delays[p] = Math.Clamp(delays[p], -MostFine, MostFine);
        }
    }

    private void Sum(int direction)
    {
        double[] coarse = IsGiven(direction) ? _given[direction] : _coarse[direction].Values;
        for (int p = 0; p < _delays[direction].Length; p++)
        {
            _delays[direction][p] = Math.Clamp(coarse[p] + _fine[direction][p], -_limit, Math.Min(_limit, Latest));
        }
    }
}
