using System.Numerics.Tensors;
using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.Das.Condition;

/// <summary>The conditioning of one fibre layout.</summary>
internal sealed class ConditioningState : IResumable
{
    private readonly RowDecimator _first;
    private readonly RowDecimator _second;
    private readonly VibrationBand _vibration;
    private readonly ChannelHealthCheck _health;
    private readonly CommonMode? _common;
    private readonly PassageFilter[] _filters;
    private readonly RunningScale[] _scales;
    private readonly float[] _clean;
    private readonly float[] _positions;
    private readonly float[] _history;
    private readonly float[] _difference;
    private readonly float[] _vibrationHistory;
    private readonly int _half;
    private readonly int _length;
    private readonly ConditionedRow _row;
    private DateTimeOffset? _origin;
    private long _rows;

    public ConditioningState(FibreLayout layout, DasOptions options)
    {
        ConditionOptions condition = options.Condition;
        Layout = layout;
        int positions = layout.Positions;
        double raw = 1 / layout.Geometry.TimeStepSeconds, middle = raw / layout.FirstFactor;
        _first = Decimator(layout.Channels, layout.FirstFactor, raw, condition.VibrationHighHz);
        _second = Decimator(positions, layout.SecondFactor, middle, condition.HighHz * 2);
        _vibration = new VibrationBand(positions, middle, condition.VibrationLowHz, condition.VibrationHighHz);
        _health = new ChannelHealthCheck(layout.Masked, middle);
        _common = condition.RemoveCommonMode ? new CommonMode(positions) : null;
        _filters = [.. condition.TemplateSeconds.Select(s =>
            PassageFilter.Design(layout.RateHz, condition.LowHz, condition.HighHz, s, condition.FilterSeconds))];
        _half = _filters[0].Half;
        _length = (2 * _half) + 1;
        _scales = [.. _filters.Select(_ => new RunningScale(positions))];
        _clean = new float[layout.Channels];
        _positions = new float[positions];
        _history = new float[_length * positions];
        _vibrationHistory = new float[_length * positions];
        _difference = new float[positions];
        _row = new ConditionedRow
        {
            Layout = layout,
            Evidence = [.. _filters.Select(_ => new float[positions])],
            Unit = new float[positions],
            Vibration = new float[positions],
            Alive = new bool[positions],
        };
    }

    public FibreLayout Layout { get; }

    /// <summary>Sets the time of row 0, at the first block after a break.</summary>
    public void Begin(DateTimeOffset time) => _origin ??= time;

    public void Push(ReadOnlySpan<float> samples, Action<ConditionedRow> emit)
    {
        ReadOnlySpan<float> section = samples.Slice(Layout.FirstChannel, Layout.Channels);
        if (!float.IsFinite(TensorPrimitives.Sum(section)))
        {
            for (int i = 0; i < _clean.Length; i++)
            {
                _clean[i] = float.IsFinite(section[i]) ? section[i] : 0;
            }

            section = _clean;
        }

        if (!_first.Push(section, out ReadOnlySpan<float> middle))
        {
            return;
        }

        _health.Push(middle);
        Gather(middle);
        _common?.Remove(_positions, _row.Alive);
        _vibration.Push(_positions);
        if (_second.Push(_positions, out ReadOnlySpan<float> row))
        {
            Filter(row, emit);
        }
    }

    /// <summary>Runs the filters dry with zeros, then forgets what they held.</summary>
    public void Flush(Action<ConditionedRow> emit)
    {
        if (_origin is not null)
        {
            var zero = new float[Layout.Geometry.Channels];
            long rows = ((long)_half * Layout.FirstFactor * Layout.SecondFactor) + ((long)_second.Half * Layout.FirstFactor) + _first.Half;
            for (long i = 0; i < rows; i++)
            {
                Push(zero, emit);
            }
        }

        _first.Reset();
        _second.Reset();
        _vibration.Reset();
        Array.Clear(_history);
        Array.Clear(_vibrationHistory);
        _origin = null;
        _rows = 0;
    }

    public void Save(BinaryWriter state)
    {
        state.Write(_origin is not null);
        state.WriteTime(_origin ?? default);
        state.Write(_rows);
        _first.Save(state);
        _second.Save(state);
        _vibration.Save(state);
        _health.Save(state);
        foreach (RunningScale scale in _scales)
        {
            scale.Save(state);
        }

        state.WriteArray<float>(_history);
        state.WriteArray<float>(_vibrationHistory);
    }

    public void Load(BinaryReader state)
    {
        bool begun = state.ReadBoolean();
        DateTimeOffset origin = state.ReadTime();
        _origin = begun ? origin : null;
        _rows = state.ReadInt64();
        _first.Load(state);
        _second.Load(state);
        _vibration.Load(state);
        _health.Load(state);
        foreach (RunningScale scale in _scales)
        {
            scale.Load(state);
        }

        state.ReadArray<float>(_history);
        state.ReadArray<float>(_vibrationHistory);
    }

    /// <summary>Averages sound channels to positions.</summary>
    private void Gather(ReadOnlySpan<float> channels)
    {
        int width = Layout.ChannelsPerPosition;
        ReadOnlySpan<float> weight = _health.Weight;
        for (int p = 0; p < _positions.Length; p++)
        {
            float sum = 0, total = 0;
            for (int c = p * width; c < (p + 1) * width; c++)
            {
                sum += weight[c] * channels[c];
                total += weight[c];
            }

            _positions[p] = total > 0 ? sum / total : 0;
            _row.Alive[p] = 2 * total > width;
        }
    }

    private void Filter(ReadOnlySpan<float> row, Action<ConditionedRow> emit)
    {
        int positions = Layout.Positions;
        int slot = (int)(_rows % _length) * positions;
        row.CopyTo(_history.AsSpan(slot, positions));
        _vibration.Take(_vibrationHistory.AsSpan(slot, positions));
        long middle = _rows++ - _half;
        if (middle < 0)
        {
            return;
        }

        for (int s = 0; s < _filters.Length; s++)
        {
            float[] evidence = _row.Evidence[s];
            Array.Clear(evidence);
            for (int k = 1; k <= _half; k++)
            {
                TensorPrimitives.Subtract(HistoryRow(middle + k), HistoryRow(middle - k), _difference);
                TensorPrimitives.MultiplyAdd(_difference, _filters[s].Taps[k], evidence, evidence);
            }

            _scales[s].Add(evidence);
            TensorPrimitives.Multiply(evidence, _scales[s].Inverse, evidence);
            for (int p = 0; p < positions; p++)
            {
                evidence[p] = _row.Alive[p] ? Math.Clamp(evidence[p], -100f, 1000f) : 0;
            }
        }

        for (int p = 0; p < positions; p++)
        {
            _row.Unit[p] = _scales[0].ScaleOf(p);
        }

        _vibrationHistory.AsSpan((int)(middle % _length) * positions, positions).CopyTo(_row.Vibration);
        _row.Origin = _origin!.Value;
        _row.Row = middle;
        emit(_row);
    }

    /// <summary>A row of the history; before the first row zeros, as their slots are clear.</summary>
    private ReadOnlySpan<float> HistoryRow(long row) =>
        _history.AsSpan((int)((row + _length) % _length) * Layout.Positions, Layout.Positions);

    private static RowDecimator Decimator(int width, int factor, double rateHz, double passHz)
    {
        if (factor == 1)
        {
            return new RowDecimator(width, 1, [1f]);
        }

        // What folds onto the pass band lies above (output rate − pass): the transition may reach up to there.
        double output = rateHz / factor, pass = Math.Min(passHz, 0.4 * output), stop = output - pass;
        int half = KaiserLowPass.HalfLength((stop - pass) / rateHz);
        return new RowDecimator(width, factor, KaiserLowPass.Design((stop + pass) / 2 / rateHz, half));
    }
}
