namespace Sensing.Marine.Impacts.Learning;

/// <summary>How far probabilities can be believed, and the temperature that makes them so.</summary>
public static class Calibration
{
    /// <summary>The temperature with the least cross entropy on scores of examples that the network was not fitted to.</summary>
    public static float Temperature(IReadOnlyList<(float[] Scores, int Class)> held)
    {
        // The loss has one minimum along the logarithm of the temperature: golden section.
        double low = Math.Log(0.25), high = Math.Log(8), ratio = (Math.Sqrt(5) - 1) / 2;
        while (high - low > 1e-3)
        {
            double a = high - (ratio * (high - low)), b = low + (ratio * (high - low));
            (low, high) = Loss(held, Math.Exp(a)) < Loss(held, Math.Exp(b)) ? (low, b) : (a, high);
        }

        return (float)Math.Exp((low + high) / 2);
    }

    /// <summary>Mean cross entropy at a temperature, nats.</summary>
    public static double Loss(IReadOnlyList<(float[] Scores, int Class)> held, double temperature)
    {
        double sum = 0;
        foreach ((float[] scores, int label) in held)
        {
            double most = scores.Max(), total = scores.Sum(score => Math.Exp((score - most) / temperature));
            sum += Math.Log(total) - ((scores[label] - most) / temperature);
        }

        return sum / held.Count;
    }

    /// <summary>Expected calibration error: by tenths of the best class's probability, how far it is from the share that was right.</summary>
    public static double Error(IReadOnlyList<(float[] Probabilities, int Class)> answers)
    {
        const int Bins = 10;
        double[] sure = new double[Bins], right = new double[Bins];
        foreach ((float[] probabilities, int label) in answers)
        {
            int best = Best(probabilities), bin = Math.Min(Bins - 1, (int)(probabilities[best] * Bins));
            sure[bin] += probabilities[best];
            right[bin] += best == label ? 1 : 0;
        }

        return sure.Zip(right, (said, was) => Math.Abs(said - was)).Sum() / answers.Count;
    }

    /// <summary>Index of the largest value.</summary>
    public static int Best(ReadOnlySpan<float> values)
    {
        int best = 0;
        for (int i = 1; i < values.Length; i++)
        {
            best = values[i] > values[best] ? i : best;
        }

        return best;
    }

    /// <summary>Entropy of probabilities, nats: how uncertain an answer is.</summary>
    public static double Entropy(ReadOnlySpan<float> probabilities)
    {
        double sum = 0;
        foreach (float probability in probabilities)
        {
            sum -= probability > 0 ? probability * Math.Log(probability) : 0;
        }

        return sum;
    }
}
