using Sensing.Das.Condition;
using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.Das.Hough;

/// <summary>How much later than a straight line says each position sees a vehicle, learnt from the vehicles themselves; and the speed of a
/// track in the light of it.</summary>
/// <remarks>
/// Slack loops, bends and uneven burial put a channel some metres from where its number says, which shows as the same delay
/// for every vehicle of a direction. A delay has two parts.
/// The coarse one: each long track is fitted anew over a whole stretch of fibre, without any delay (<see cref="StraightLine"/>),
/// and the evidence about that line is stacked (<see cref="DelayStack"/>). What was learnt before has no part in it: delays that are learnt
/// from lines which they have bent themselves drift, settle a cycle of the signature beside and take a share of the speed.
/// The fine one follows the residuals of tracks, which helps to find faint vehicles. It is kept within <see cref="MostFine"/>, too little to
/// reach the next cycle, and drawn towards zero. Speeds are measured with the coarse part alone.
/// </remarks>
internal sealed class PositionDelays : IResumable
{
    /// <summary>Longest stretch that is fitted as one, in apertures: so far a vehicle's speed is taken as constant.</summary>
    private const double StretchApertures = 3;

    /// <summary>Largest positive delay, s: every line waits for it. At 50 km/h it is 7 m of fibre.</summary>
    private const double Latest = 0.5;

    /// <summary>Fibre over which delays are alike, m: the length of a loop or a bend.</summary>
    private const double AlikeM = 25;

    private const double MostFine = 0.15;
    private const double FirstStep = 0.3;
    private const double LastStep = 0.02;
    private const double LargestMove = 0.15;

    /// <summary>How much of the fine part each track takes back: it stays only where residuals keep asking for it.</summary>
    private const double Shrink = 0.1;

    private readonly DetectOptions _options;
    private readonly FibreLayout _layout;
    private readonly Aperture[] _stretches;
    private readonly DelayStack[][] _stacks;
    private readonly double[][] _coarse;
    private readonly double[][] _fine;
    private readonly int[][] _counts;
    private readonly double[][] _delays;
    private readonly double _limit;
    private readonly bool _learn;
    private EvidenceHistory? _history;
    private SlownessGrid? _grid;

    public PositionDelays(FibreLayout layout, DetectOptions options)
    {
        _layout = layout;
        _options = options;
        _limit = options.MaxDelaySeconds;
        _learn = options.LearnDelays;
        _delays = [new double[layout.Positions], new double[layout.Positions]];
        _coarse = [new double[layout.Positions], new double[layout.Positions]];
        _fine = [new double[layout.Positions], new double[layout.Positions]];
        _counts = [new int[layout.Positions], new int[layout.Positions]];
        int count = Math.Max(1, (int)Math.Ceiling(layout.Positions * layout.StepM / (StretchApertures * options.ApertureM)));
        _stretches = [.. Enumerable.Range(0, _learn ? count : 0).Select(i =>
        {
            int first = i * layout.Positions / count;
            return new Aperture(i, first, ((i + 1) * layout.Positions / count) - first);
        })];
        _stacks = [.. Enumerable.Range(0, 2).Select(_ =>
            _stretches.Select(s => new DelayStack(s.Count, layout.RateHz, Math.Min(_limit, Latest))).ToArray())];
    }

    /// <summary>Largest positive delay, s: evidence must be waited for as long.</summary>
    public double LatestSeconds => _learn ? Math.Min(_limit, Latest) : 0;

    /// <summary>Largest negative delay, s.</summary>
    public double EarliestSeconds => _learn ? _limit : 0;

    /// <summary>Length of fibre whose evidence is needed at once, m: none where nothing is learnt.</summary>
    public double StretchM => _learn ? _stretches.Max(s => s.Count) * _layout.StepM : 0;

    /// <summary>Delay of each position for a direction (0 increasing, 1 decreasing), s.</summary>
    public double[] Of(int direction) => _delays[direction];

    /// <summary>Names the evidence that tracks are measured by from now on.</summary>
    public void Use(EvidenceHistory history, SlownessGrid grid) => (_history, _grid) = (history, grid);

    /// <summary>Learns from a finished, long track.</summary>
    /// <param name="seed">The track.</param>
    /// <param name="residuals">Observed less fitted time of its points, the whole delay taken out.</param>
    public void Learn(LineSeed seed, IReadOnlyList<(int Position, double ResidualSeconds)> residuals)
    {
        if (!_learn)
        {
            return;
        }

        int direction = seed.Direction;
        foreach (Aperture stretch in _stretches)
        {
            DelayStack stack = _stacks[direction][stretch.Number];
            if (_history is { } history && WholeStretch(stretch, seed, null) is { } line && stack.Add(history, stretch, line))
            {
                stack.Estimate(_coarse[direction].AsSpan(stretch.First, stretch.Count));
            }
        }

        Refine(_fine[direction], _counts[direction], residuals);
        Sum(direction);
    }

    /// <summary>A track's slowness from the evidence itself: over the whole stretch where the vehicle is seen all along it, else over the track.</summary>
    /// <returns>Slowness with sign and its standard error, s/m; null where delays are not learnt or too few positions see the vehicle.</returns>
    public (double Slowness, double Error)? Measure(LineSeed seed, double sharing)
    {
        if (!_learn || _history is not { } history)
        {
            return null;
        }

        double[] coarse = _coarse[seed.Direction];
        foreach (Aperture stretch in _stretches)
        {
            if (WholeStretch(stretch, seed, coarse) is { } whole)
            {
                return Fitted(whole, stretch);
            }
        }

        var own = new Aperture(0, seed.First, seed.Last - seed.First + 1);
        return StraightLine.Find(history, _grid!, _layout, _options, own, seed, coarse) is { } line ? Fitted(line, own) : null;

        (double, double)? Fitted(StraightLine line, Aperture along)
        {
            if (line.Fit(history, _layout, along, coarse, sharing) is not { } fit || Math.Sign(fit.Slowness) != Math.Sign(seed.SecondsPerPosition))
            {
                return null;
            }

            double trend = TrendError(seed, along.Count * _layout.StepM);
            return (fit.Slowness, Math.Sqrt((fit.SlownessError * fit.SlownessError) + (trend * trend)));
        }
    }

    /// <summary>Takes delays that a calibration has found; vehicles continue to improve them.</summary>
    public void Set(int direction, IReadOnlyList<double> delays)
    {
        for (int p = 0; p < Math.Min(delays.Count, _layout.Positions); p++)
        {
            _coarse[direction][p] = Math.Clamp(delays[p], -_limit, Math.Min(_limit, Latest));
        }

        foreach (Aperture stretch in _stretches)
        {
            _stacks[direction][stretch.Number].Start(_coarse[direction].AsSpan(stretch.First, stretch.Count));
        }

        Sum(direction);
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("delays-2");
        for (int d = 0; d < 2; d++)
        {
            state.WriteArray<double>(_coarse[d]);
            state.WriteArray<double>(_fine[d]);
            state.WriteArray<int>(_counts[d]);
            foreach (DelayStack stack in _stacks[d])
            {
                stack.Save(state);
            }
        }
    }

    public void Load(BinaryReader state)
    {
        bool drifted = state.ExpectOneOf("delays-1", "delays-2") == 0;
        for (int d = 0; d < 2; d++)
        {
            if (drifted)
            {
                // An earlier version's delays may hold a share of the speed: they are learnt anew.
                state.ReadArray<double>(new double[_layout.Positions]);
                state.ReadArray<int>(new int[_layout.Positions]);
                continue;
            }

            state.ReadArray<double>(_coarse[d]);
            state.ReadArray<double>(_fine[d]);
            state.ReadArray<int>(_counts[d]);
            foreach (DelayStack stack in _stacks[d])
            {
                stack.Load(state);
            }

            Sum(d);
        }
    }

    private static void Refine(double[] fine, int[] counts, IReadOnlyList<(int Position, double ResidualSeconds)> residuals)
    {
        foreach ((int position, double residual) in residuals)
        {
            double step = Math.Max(LastStep, FirstStep / (1 + (0.2 * counts[position])));
            counts[position]++;
            fine[position] += step * (Math.Clamp(residual, -LargestMove, LargestMove) - (Shrink * fine[position]));
        }

        Trend.Remove(fine, [.. counts.Select(count => count > 0)]);
        for (int p = 0; p < fine.Length; p++)
        {
            fine[p] = Math.Clamp(fine[p], -MostFine, MostFine);
        }
    }

    private StraightLine? WholeStretch(Aperture stretch, LineSeed seed, double[]? delays) =>
        StraightLine.Find(_history!, _grid!, _layout, _options, stretch, seed, delays) is { } line
            && line.IsSeenAllAlong(_history!, _layout, stretch, delays, _options.Threshold) ? line : null;

    /// <summary>Standard error that unknown trends of the delays leave in a slowness, s/m.</summary>
    /// <remarks>What delays and speed share is taken out of the delays and cannot be known. Independent delays of deviation σ over n pieces of
    /// fibre have by chance a trend of deviation σ √(12/n) over their whole length: the standard error of a regression on evenly spaced points.</remarks>
    private double TrendError(LineSeed seed, double lengthM)
    {
        double[] coarse = _coarse[seed.Direction];
        double deviation = Array.Exists(coarse, delay => delay != 0)
            ? Math.Sqrt(coarse.Average(delay => delay * delay)) : DelayStack.PriorSeconds;
        return deviation * Math.Sqrt(12 / Math.Max(2, lengthM / AlikeM)) / lengthM;
    }

    private void Sum(int direction)
    {
        for (int p = 0; p < _layout.Positions; p++)
        {
            _delays[direction][p] = Math.Clamp(_coarse[direction][p] + _fine[direction][p], -_limit, Math.Min(_limit, Latest));
        }
    }
}
