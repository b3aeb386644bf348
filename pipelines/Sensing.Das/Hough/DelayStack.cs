using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.Das.Hough;

/// <summary>The evidence about straight lines over a stretch, summed over vehicles by position and lag, and the delays that it shows.</summary>
/// <remarks>
/// A position's delay is the peak of its sum. Where there are several, a cycle apart, the one that is likeliest for a delay of deviation
/// <see cref="PriorSeconds"/> is taken, and a peak that hardly rises above the noise moves it by a part only. What a constant or a trend of the delays could take
/// from the lines is taken out of them.
/// </remarks>
internal sealed class DelayStack : IResumable
{
    /// <summary>Deviation of delays that loops, bends and burial make, s: a few metres of fibre at the speed of a street.</summary>
    public const double PriorSeconds = 0.25;

    /// <summary>What a position that sees nothing has in a single vehicle's sum, as a share of that vehicle's evidence.</summary>
    private const double NoiseShare = 0.5;

    /// <summary>Signal to noise, as a power, at which a delay counts half.</summary>
    private const double HalfPower = 4;

    /// <summary>Vehicles after which the older ones count half: a site may change.</summary>
    private const float Most = 200;

    /// <summary>So many vehicles a calibration's delays stand for.</summary>
    private const float Calibrated = 30;

    /// <summary>A vehicle that is nearer to the last one than this, s, is the same.</summary>
    private const double SameSeconds = 0.3;

    private readonly int _positions;
    private readonly double _rateHz;
    private readonly int _reach;
    private readonly double _limit;
    private readonly float[] _sums;
    private float _vehicles;
    private double _last = double.NegativeInfinity;

    public DelayStack(int positions, double rateHz, double limitSeconds)
    {
        _positions = positions;
        _rateHz = rateHz;
        _limit = limitSeconds;
        _reach = (int)Math.Ceiling(limitSeconds * rateHz) + 1;
        _sums = new float[positions * Lags];
    }

    private int Lags => (2 * _reach) + 1;

    /// <summary>Adds a vehicle; false where it is the last one again, or a part of its evidence is gone.</summary>
    public bool Add(EvidenceHistory history, Aperture stretch, StraightLine line)
    {
        double middle = line.SecondsAt(stretch.Middle);
        long oldest = Math.Max(0, history.Newest - history.Kept + 1);
        if (Math.Abs(middle - _last) < SameSeconds
            || Math.Min(Row(stretch.First), Row(stretch.Last)) - _reach < oldest
            || Math.Max(Row(stretch.First), Row(stretch.Last)) + _reach > history.Newest)
        {
            return false;
        }

        _last = middle;
        _vehicles++;
        for (int p = 0; p < _positions; p++)
        {
            if (history.Alive[stretch.First + p])
            {
                ReadOnlySpan<float> about = history.Evidence(line.Template, stretch.First + p, Row(stretch.First + p) - _reach, Lags);
                for (int i = 0; i < Lags; i++)
                {
                    _sums[(p * Lags) + i] += Math.Clamp(about[i] / line.Clip, -1, 1);
                }
            }
        }

        if (_vehicles > Most)
        {
            _vehicles /= 2;
            for (int i = 0; i < _sums.Length; i++)
            {
                _sums[i] /= 2;
            }
        }

        return true;

        long Row(int position) => (long)Math.Round(line.SecondsAt(position) * _rateHz);
    }

    /// <summary>Starts with known delays, as so many vehicles' worth.</summary>
    public void Start(ReadOnlySpan<double> delays)
    {
        _vehicles = Calibrated;
        for (int p = 0; p < _positions; p++)
        {
            for (int i = 0; i < Lags; i++)
            {
                double lag = ((i - _reach) / _rateHz) - delays[p];
                _sums[(p * Lags) + i] = (float)(Calibrated * Math.Exp(-0.5 * Math.Pow(lag / (PriorSeconds / 2), 2)));
            }
        }
    }

    /// <summary>The delays, s, without constant and trend.</summary>
    public void Estimate(Span<double> delays)
    {
        var known = new bool[_positions];
        for (int p = 0; p < _positions; p++)
        {
            Span<float> sums = _sums.AsSpan(p * Lags, Lags);
            double? lag = Peak(sums);
            known[p] = lag is not null;
            double height = lag is { } at ? sums[_reach + (int)Math.Round(at * _rateHz)] : 0;
            double power = height * height / (NoiseShare * NoiseShare * _vehicles);
            delays[p] = (lag ?? 0) * power / (power + HalfPower);
        }

        Trend.Remove(delays, known);
        for (int p = 0; p < _positions; p++)
        {
            delays[p] = Math.Clamp(delays[p], -_limit, _limit);
        }
    }

    public void Save(BinaryWriter state)
    {
        state.Write(_vehicles);
        state.Write(_last);
        state.WriteArray<float>(_sums);
    }

    public void Load(BinaryReader state)
    {
        _vehicles = state.ReadSingle();
        _last = state.ReadDouble();
        state.ReadArray<float>(_sums);
    }

    /// <summary>Lag of the likeliest peak, s; null where none is above zero.</summary>
    private double? Peak(ReadOnlySpan<float> sums)
    {
        double best = 0;
        double? found = null;
        for (int i = 1; i < sums.Length - 1; i++)
        {
            double lag = (i - _reach) / _rateHz;
            double worth = sums[i] * Math.Exp(-0.5 * Math.Pow(lag / PriorSeconds, 2));
            if (sums[i] >= sums[i - 1] && sums[i] > sums[i + 1] && worth > best)
            {
                best = worth;
                double curve = sums[i - 1] - (2 * sums[i]) + sums[i + 1];
                double shift = curve < 0 ? Math.Clamp(0.5 * (sums[i - 1] - sums[i + 1]) / curve, -0.5, 0.5) : 0;
                found = lag + (shift / _rateHz);
            }
        }

        return found;
    }
}
