using System.Numerics.Tensors;

namespace Sensing.Marine.Impacts.Learning;

/// <summary>Networks that learn from the same examples from different beginnings. Their hidden units lie side by side, so that one pass serves all.</summary>
internal sealed class Committee
{
    private readonly TrainingOptions _options;
    private readonly int _features, _classes, _wide;
    private readonly Random _random;
    private readonly Adam[] _adam;
    private readonly float[] _output, _outputBias;
    private readonly float[] _input, _hidden, _back, _scores;

    public Committee(int features, int classes, TrainingOptions options)
    {
        (_features, _classes, _options) = (features, classes, options);
        _wide = options.Members * options.Hidden;
        _random = new Random(options.Seed);
        Hidden = Drawn(features * _wide, Math.Sqrt(1.0 / features));
        HiddenBias = new float[_wide];
        _output = Drawn(_wide * classes, Math.Sqrt(1.0 / options.Hidden));
        _outputBias = new float[options.Members * classes];
        _adam = [new Adam(Hidden), new Adam(HiddenBias), new Adam(_output), new Adam(_outputBias)];
        (_input, _hidden, _back, _scores) = (new float[features], new float[_wide], new float[_wide], new float[classes]);
    }

    /// <summary>By feature, then by hidden unit.</summary>
    public float[] Hidden { get; }

    public float[] HiddenBias { get; }

    /// <summary>By hidden unit, then by class: as of one network whose scores are the mean of all.</summary>
    public float[] MeanOutput() => [.. _output.Select(weight => weight / _options.Members)];

    public float[] MeanOutputBias() =>
        [.. Enumerable.Range(0, _classes).Select(label => Enumerable.Range(0, _options.Members).Average(member => _outputBias[(member * _classes) + label]))];

    public void Fit(float[][] inputs, IReadOnlyList<Example> examples, float[] weights, CancellationToken cancellation)
    {
        int[] order = [.. Enumerable.Range(0, inputs.Length)];
        int batch = Math.Min(_options.Batch, inputs.Length), at = order.Length;
        int steps = Math.Max(_options.Steps, _options.Rounds * inputs.Length / batch);
        for (int step = 0; step < steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int i = 0; i < batch; i++, at++)
            {
                if (at == order.Length)
                {
                    _random.Shuffle(order);
                    at = 0;
                }

                int chosen = order[at];
                Disturb(inputs[chosen]);
                Learn(examples[chosen].Class, weights[chosen] / batch);
            }

            // The step shrinks along a quarter of a cosine: large at first, none at the end.
            double rate = _options.Rate * Math.Cos(Math.PI / 2 * step / steps);
            _adam[0].Step(rate, _options.Decay);
            _adam[1].Step(rate, 0);
            _adam[2].Step(rate, _options.Decay);
            _adam[3].Step(rate, 0);
        }
    }

    private void Disturb(float[] from)
    {
        for (int f = 0; f < _input.Length; f++)
        {
            _input[f] = _random.NextDouble() < _options.Dropout ? 0 : from[f] + (float)(_options.Jitter * Normal());
        }
    }

    private void Learn(int label, float weight)
    {
        HiddenBias.CopyTo(_hidden, 0);
        for (int f = 0; f < _features; f++)
        {
            if (_input[f] != 0)
            {
                TensorPrimitives.MultiplyAdd(Hidden.AsSpan(f * _wide, _wide), _input[f], _hidden, _hidden);
            }
        }

        TensorPrimitives.Tanh(_hidden, _hidden);
        for (int member = 0; member < _options.Members; member++)
        {
            Outputs(member, label, weight);
        }

        TensorPrimitives.Add(_adam[1].Gradient, _back, _adam[1].Gradient);
        for (int f = 0; f < _features; f++)
        {
            if (_input[f] != 0)
            {
                Span<float> gradient = _adam[0].Gradient.AsSpan(f * _wide, _wide);
                TensorPrimitives.MultiplyAdd(_back, _input[f], gradient, gradient);
            }
        }
    }

    /// <summary>One member's scores, their gradient, and what flows back to its hidden units.</summary>
    private void Outputs(int member, int label, float weight)
    {
        Span<float> scores = _scores;
        _outputBias.AsSpan(member * _classes, _classes).CopyTo(scores);
        int first = member * _options.Hidden, end = first + _options.Hidden;
        for (int h = first; h < end; h++)
        {
            float unit = _hidden[h];
            ReadOnlySpan<float> row = _output.AsSpan(h * _classes, _classes);
            for (int c = 0; c < row.Length; c++)
            {
                scores[c] += row[c] * unit;
            }
        }

        TensorPrimitives.SoftMax(scores, scores);
        scores[label] -= 1;
        TensorPrimitives.Multiply(scores, weight, scores);
        Span<float> bias = _adam[3].Gradient.AsSpan(member * _classes, _classes);
        TensorPrimitives.Add(bias, scores, bias);
        for (int h = first; h < end; h++)
        {
            float unit = _hidden[h], back = 0;
            ReadOnlySpan<float> row = _output.AsSpan(h * _classes, _classes);
            Span<float> gradient = _adam[2].Gradient.AsSpan(h * _classes, _classes);
            for (int c = 0; c < row.Length; c++)
            {
                gradient[c] += scores[c] * unit;
                back += scores[c] * row[c];
            }

            _back[h] = back * (1 - (unit * unit));
        }
    }

    private float[] Drawn(int count, double deviation)
    {
        float[] made = new float[count];
        for (int i = 0; i < count; i++)
        {
            made[i] = (float)(deviation * Normal());
        }

        return made;
    }

    /// <summary>Near enough to normal: the sum of four uniform numbers, of variance 1.</summary>
    private double Normal() =>
        (_random.NextDouble() + _random.NextDouble() + _random.NextDouble() + _random.NextDouble() - 2) * 1.7320508075688772;
}
