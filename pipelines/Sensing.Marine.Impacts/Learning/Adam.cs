namespace Sensing.Marine.Impacts.Learning;

/// <summary>Adam with decoupled weight decay (arXiv 1412.6980, 1711.05101) for one array of weights.</summary>
internal sealed class Adam(float[] values)
{
    private const float First = 0.9f, Second = 0.999f, Least = 1e-8f;

    private readonly float[] _mean = new float[values.Length];
    private readonly float[] _square = new float[values.Length];
    private int _steps;

    /// <summary>Sum of gradients since the last step.</summary>
    public float[] Gradient { get; } = new float[values.Length];

    public void Step(double rate, double decay)
    {
        _steps++;
        float size = (float)(rate / (1 - Math.Pow(First, _steps))), bias = (float)(1 / (1 - Math.Pow(Second, _steps)));
        float keep = (float)(1 - (rate * decay));
        for (int i = 0; i < values.Length; i++)
        {
            float gradient = Gradient[i];
            _mean[i] = (First * _mean[i]) + ((1 - First) * gradient);
            _square[i] = (Second * _square[i]) + ((1 - Second) * gradient * gradient);
            values[i] = (keep * values[i]) - (size * _mean[i] / (MathF.Sqrt(_square[i] * bias) + Least));
            Gradient[i] = 0;
        }
    }
}
