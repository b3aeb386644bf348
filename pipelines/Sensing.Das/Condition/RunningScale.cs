using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.Das.Condition;

/// <summary>A robust running scale of each position: the lower quartile of the magnitude, as for Gaussian noise of unit deviation.</summary>
/// <remarks>
/// The quartile is followed in the logarithm by stochastic approximation (Robbins and Monro, Ann. Math. Stat. 22, 1951): a
/// step of η/4 up where a magnitude lies above it, of 3η/4 down where below: at rest where a quarter lies below. Vehicles pass for the smaller part of the
/// time, so the lower quartile measures the noise between them.
/// </remarks>
internal sealed class RunningScale(int width) : IResumable
{
    /// <summary>Quartile of |x| for a standard normal x: Φ⁻¹(0.625).</summary>
    private const float QuartileOfNormal = 0.3186f;
    private const float SlowestStep = 0.004f;

    private readonly float[] _logQuartile = new float[width];
    private readonly float[] _inverse = new float[width];
    private long _count;

    /// <summary>1 / scale of each position; 0 where a position has shown nothing but zeros.</summary>
    public ReadOnlySpan<float> Inverse => _inverse;

    public float ScaleOf(int position) => _inverse[position] > 0 ? 1 / _inverse[position] : 0;

    public void Add(ReadOnlySpan<float> row)
    {
        float step = Math.Max(SlowestStep, 4f / (_count + 4));
        for (int i = 0; i < row.Length; i++)
        {
            float magnitude = Math.Abs(row[i]);
            if (magnitude <= float.Epsilon)
            {
                continue;
            }

            float log = MathF.Log(magnitude);
            if (_inverse[i] == 0)
            {
                _logQuartile[i] = log;
            }

            _logQuartile[i] += log > _logQuartile[i] ? 0.25f * step : -0.75f * step;
            _inverse[i] = QuartileOfNormal / MathF.Exp(_logQuartile[i]);
        }

        _count++;
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("scale-1");
        state.Write(_count);
        state.WriteArray<float>(_logQuartile);
        state.WriteArray<float>(_inverse);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("scale-1");
        _count = state.ReadInt64();
        state.ReadArray<float>(_logQuartile);
        state.ReadArray<float>(_inverse);
    }
}
