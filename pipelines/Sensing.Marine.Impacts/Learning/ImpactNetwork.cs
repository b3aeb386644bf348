using System.Numerics.Tensors;

namespace Sensing.Marine.Impacts.Learning;

/// <summary>The classifier: standardised features, one hidden layer, one score a class, a temperature, probabilities.</summary>
/// <remarks>Several networks whose scores are averaged are one network with a wider hidden layer: that is how they are kept.</remarks>
public sealed class ImpactNetwork
{
    /// <summary>Standardised features are cut to this: what was never seen in training must not outweigh all else.</summary>
    public const float Cut = 4;

    /// <summary>Names of the classes.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    public required float[] Mean { get; init; }

    /// <summary>One over the standard deviation.</summary>
    public required float[] Scale { get; init; }

    /// <summary>By feature, then by hidden unit.</summary>
    public required float[] Hidden { get; init; }

    public required float[] HiddenBias { get; init; }

    /// <summary>By hidden unit, then by class.</summary>
    public required float[] Output { get; init; }

    public required float[] OutputBias { get; init; }

    /// <summary>What scores are divided by, so that probabilities are as often right as they say (Guo et al., arXiv 1706.04599).</summary>
    public float Temperature { get; init; } = 1;

    /// <summary>The same classifier with another temperature.</summary>
    public ImpactNetwork WithTemperature(float temperature) => new()
    {
        Classes = Classes,
        Mean = Mean,
        Scale = Scale,
        Hidden = Hidden,
        HiddenBias = HiddenBias,
        Output = Output,
        OutputBias = OutputBias,
        Temperature = temperature,
    };

    /// <summary>Probabilities of the classes.</summary>
    public float[] Classify(ReadOnlySpan<float> features)
    {
        float[] scores = Scores(features);
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] /= Temperature;
        }

        TensorPrimitives.SoftMax(scores, scores);
        return scores;
    }

    /// <summary>Scores before temperature and softmax.</summary>
    public float[] Scores(ReadOnlySpan<float> features)
    {
        int units = HiddenBias.Length;
        float[] hidden = [.. HiddenBias];
        for (int f = 0; f < Mean.Length; f++)
        {
            float value = Math.Clamp((features[f] - Mean[f]) * Scale[f], -Cut, Cut);
            TensorPrimitives.MultiplyAdd(Hidden.AsSpan(f * units, units), value, hidden, hidden);
        }

        TensorPrimitives.Tanh(hidden, hidden);
        float[] scores = [.. OutputBias];
        for (int h = 0; h < units; h++)
        {
            TensorPrimitives.MultiplyAdd(Output.AsSpan(h * scores.Length, scores.Length), hidden[h], scores, scores);
        }

        return scores;
    }
}
