using System.Runtime.Intrinsics;
using Sensing.Das.Events;
using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.Das.Hough;

/// <summary>The accumulator of one aperture and direction, and the lines that stand out in it.</summary>
/// <remarks>
/// A cell is a line by when it leaves the aperture and its slowness; everything that speaks for it lies before that time, so
/// a cell is complete as soon as the line has left. Cells are filled eight rows of exit time at once.
/// </remarks>
internal sealed class LineSearch : IResumable
{
    private const int SlownessReach = 2;
    private const int Places = 17;

    /// <summary>Within this, lines of one vehicle may still grow stronger, s.</summary>
    private const double SettleSeconds = 0.8;

    /// <summary>How many times the divide between small and large the heaviest vehicle of an unknown site may be.</summary>
    private const double HeaviestFactor = 8;

    private readonly Aperture _aperture;
    private readonly SlownessGrid _grid;
    private readonly DetectOptions _options;
    private readonly ShoulderMask _mask;
    private readonly double _stepM;
    private readonly double _rateHz;
    private readonly float[] _cells;
    private readonly Vector256<float>[] _rows;
    private readonly int _reach;

    /// <summary>Exit times that are kept, a power of two: those whose surroundings are not yet complete.</summary>
    private readonly int _ring;
    private readonly List<LineCandidate> _waiting = [];
    private readonly List<LineCandidate> _past = [];
    private float _strongest;

    public LineSearch(Aperture aperture, TravelDirection direction, SlownessGrid grid, double stepM, double rateHz, DetectOptions options)
    {
        _aperture = aperture;
        Direction = direction;
        _grid = grid;
        _options = options;
        _stepM = stepM;
        _rateHz = rateHz;
        _mask = new ShoulderMask(options);
        _rows = new Vector256<float>[aperture.Count];
        _reach = Math.Max(1, (int)Math.Round(0.3 * rateHz));
        _ring = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(2 * (_reach + QuantileStack.Width)));
        _cells = new float[grid.Values.Length * _ring];
        _strongest = (float)(HeaviestFactor * options.ShoulderDivide);
    }

    public TravelDirection Direction { get; }

    public Aperture Aperture => _aperture;

    private int Exit => Direction == TravelDirection.Increasing ? _aperture.Last : _aperture.First;

    /// <summary>Fills the cells of eight exit times from <paramref name="row"/> on.</summary>
    public void Accumulate(EvidenceHistory history, long row, double[] delays)
    {
        int alive = 0;
        ReadOnlySpan<bool> sound = history.Alive.Slice(_aperture.First, _aperture.Count);
        foreach (bool one in sound)
        {
            alive += one ? 1 : 0;
        }

        int slot = (int)(row & (_ring - 1));
        for (int k = 0; k < _grid.Values.Length; k++)
        {
            Span<float> cells = _cells.AsSpan((k * _ring) + slot, QuantileStack.Width);
            if (2 * alive < _aperture.Count || alive < 3)
            {
                cells.Clear();
                continue;
            }

            double rowsPerPosition = _grid.Values[k] * _stepM * _rateHz;
            int used = 0;
            for (int i = 0; i < sound.Length; i++)
            {
                if (!sound[i])
                {
                    continue;
                }

                int position = _aperture.First + i;
                double at = (delays[position] * _rateHz) - (Math.Abs(position - Exit) * rowsPerPosition);
                double whole = Math.Floor(at);
                var share = Vector256.Create((float)(at - whole));
                ReadOnlySpan<float> times = history.Evidence(_grid.Templates[k], position, row + (long)whole, QuantileStack.Width + 1);
                Vector256<float> low = Vector256.Create(times), high = Vector256.Create(times[1..]);
                _rows[used++] = low + ((high - low) * share);
            }

            QuantileStack.Of(_rows.AsSpan(0, used), _options.Quantile).CopyTo(cells);
        }
    }

    /// <summary>Finds the local maxima whose surroundings are complete once exit times up to <paramref name="until"/> (exclusive) are filled.</summary>
    public void FindMaxima(long until)
    {
        for (long row = Math.Max(_reach, until - _reach - QuantileStack.Width); row < until - _reach; row++)
        {
            int slot = (int)(row & (_ring - 1));
            for (int k = 0; k < _grid.Values.Length; k++)
            {
                float value = _cells[(k * _ring) + slot];
                if (value > _options.Threshold && IsMaximum(row, k, value))
                {
                    double exit = Refine(row, k, value) / _rateHz;
                    double middle = exit - (Math.Abs(_aperture.Middle - Exit) * _grid.Values[k] * _stepM);
                    _waiting.Add(new LineCandidate(middle, exit, k, value));
                    _strongest = Math.Max(_strongest, value);
                }
            }
        }
    }

    /// <summary>Decides on the lines that left before <paramref name="until"/> seconds less the time that each must wait for a stronger one.</summary>
    public void Decide(double until, Action<LineCandidate, double> accept)
    {
        bool Due(LineCandidate line) => line.ExitSeconds < until - Math.Clamp(
            _mask.ReachOf(_strongest, line.Evidence), Math.Min(SettleSeconds, _options.LookaheadSeconds), _options.LookaheadSeconds);
        if (!_waiting.Exists(Due))
        {
            return;
        }

        LineCandidate[] lines = [.. _past.Concat(_waiting)
            .OrderByDescending(l => l.Evidence).ThenBy(l => l.ExitSeconds).ThenBy(l => l.Slowness)];
        double[] excess = _mask.Excess(lines, SecondsAt);
        var accepted = new List<(LineCandidate Line, double Excess)>();
        for (int i = 0; i < lines.Length; i++)
        {
            if (!double.IsNaN(excess[i]) && Due(lines[i]) && _waiting.Contains(lines[i]))
            {
                accepted.Add((lines[i], excess[i]));
            }
        }

        _waiting.RemoveAll(Due);
        foreach ((LineCandidate line, double left) in accepted.OrderBy(a => a.Line.ExitSeconds))
        {
            _past.Add(line);
            accept(line, left);
        }

        _past.RemoveAll(l => l.ExitSeconds < until - _options.LookaheadSeconds - _mask.ReachSeconds - 2);
    }

    public void Reset()
    {
        Array.Clear(_cells);
        _waiting.Clear();
        _past.Clear();
    }

    public void Save(BinaryWriter state)
    {
        state.Write(_strongest);
        state.WriteArray<float>(_cells);
        state.WriteArray<LineCandidate>(_waiting.ToArray());
        state.WriteArray<LineCandidate>(_past.ToArray());
    }

    public void Load(BinaryReader state)
    {
        _strongest = state.ReadSingle();
        state.ReadArray<float>(_cells);
        _waiting.Clear();
        _waiting.AddRange(state.ReadArray<LineCandidate>(1_000_000));
        _past.Clear();
        _past.AddRange(state.ReadArray<LineCandidate>(1_000_000));
    }

    /// <summary>When a line passes places spread evenly over the aperture.</summary>
    private double[] SecondsAt(LineCandidate line)
    {
        double across = _grid.Values[line.Slowness] * (_aperture.Count - 1) * _stepM;
        return [.. Enumerable.Range(0, Places).Select(i => line.ExitSeconds - (across * i / (Places - 1)))];
    }

    private bool IsMaximum(long row, int k, float value)
    {
        int low = Math.Max(0, k - SlownessReach), high = Math.Min(_grid.Values.Length - 1, k + SlownessReach);
        for (int j = low; j <= high; j++)
        {
            int line = j * _ring;
            for (int d = -_reach; d <= _reach; d++)
            {
                float other = _cells[line + (int)((row + d) & (_ring - 1))];
                bool before = j < k || (j == k && d < 0);
                if (before ? other >= value : other > value)
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>The peak's time between rows, from a parabola through three cells.</summary>
    private double Refine(long row, int k, float value)
    {
        float before = _cells[(k * _ring) + (int)((row - 1) & (_ring - 1))], after = _cells[(k * _ring) + (int)((row + 1) & (_ring - 1))];
        double curve = before - (2 * value) + after;
        return row + (curve < 0 ? Math.Clamp(0.5 * (before - after) / curve, -0.5, 0.5) : 0);
    }
}
