using System.Numerics.Tensors;
using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.Das.Condition;

/// <summary>Finds channels that carry no signal and sets them aside: flat, far noisier than the rest, or without values; the masked ones always.</summary>
internal sealed class ChannelHealthCheck(IReadOnlyList<bool> masked, double rateHz) : IResumable
{
    /// <summary>Power above that of the median channel, as a factor, that sets a channel aside: 20 dB.</summary>
    private const float NoisyFactor = 100;
    private const float FlatFactor = 1e-6f;

    private readonly int _period = Math.Max(1, (int)Math.Round(rateHz));
    private readonly float[] _last = new float[masked.Count];
    private readonly float[] _power = new float[masked.Count];
    private readonly float[] _sum = new float[masked.Count];
    private readonly float[] _weight = [.. masked.Select(m => m ? 0f : 1f)];
    private int _rows;
    private int _periods;

    /// <summary>1 for a sound channel, 0 for one that is set aside.</summary>
    public ReadOnlySpan<float> Weight => _weight;

    /// <summary>Takes a row at the check's rate, NaN already replaced by 0.</summary>
    public void Push(ReadOnlySpan<float> row)
    {
        // First differences: a constant offset is no life.
        for (int i = 0; i < row.Length; i++)
        {
            float difference = row[i] - _last[i];
            _sum[i] += difference * difference;
        }

        row.CopyTo(_last);
        if (++_rows < _period)
        {
            return;
        }

        float share = Math.Max(1f / ++_periods, 1f / 60);
        for (int i = 0; i < _weight.Length; i++)
        {
            _power[i] += share * ((_sum[i] / _rows) - _power[i]);
        }

        Array.Clear(_sum);
        _rows = 0;
        float[] sorted = [.. _power.Where((_, i) => !masked[i]).Order()];
        float median = sorted.Length == 0 ? 0 : sorted[sorted.Length / 2];
        for (int i = 0; i < _weight.Length; i++)
        {
            _weight[i] = !masked[i] && _power[i] > FlatFactor * median && _power[i] < NoisyFactor * median ? 1 : 0;
        }

        if (TensorPrimitives.Sum<float>(_weight) == 0)
        {
            for (int i = 0; i < _weight.Length; i++)
            {
                _weight[i] = masked[i] ? 0 : 1;
            }
        }
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("health-1");
        state.WriteArray<float>(_last);
        state.WriteArray<float>(_power);
        state.WriteArray<float>(_sum);
        state.WriteArray<float>(_weight);
        state.Write(_rows);
        state.Write(_periods);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("health-1");
        state.ReadArray<float>(_last);
        state.ReadArray<float>(_power);
        state.ReadArray<float>(_sum);
        state.ReadArray<float>(_weight);
        _rows = state.ReadInt32();
        _periods = state.ReadInt32();
    }
}
