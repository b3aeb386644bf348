using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Sirens;

/// <summary>Fits the siren model to labelled sounds: cross-entropy with weight decay, both classes with equal weight.</summary>
public sealed class SirenFit
{
    private const double Decay = 1e-3;
    private const int Iterations = 800;
    private const int Networks = 5;

    private readonly List<Example> _examples = [];

    /// <summary>Examples, readings rather than sounds.</summary>
    public int Count => _examples.Count;

    /// <summary>Adds the readings of a sound from a time on; together they weigh as much as any other sound.</summary>
    /// <param name="sound">The whole sound.</param>
    /// <param name="isSiren">Whether a siren sounds from <paramref name="fromSeconds"/> to the end.</param>
    /// <param name="group">Sounds that share a recording or a source share a number: they are never on both sides of a validation.</param>
    /// <param name="fromSeconds">Earlier readings are left out: their three seconds have not filled.</param>
    /// <param name="name">For the list of the worst.</param>
    /// <param name="weight">How much the sound counts.</param>
    public void Add(Sound sound, bool isSiren, int group, double fromSeconds, string name, double weight = 1)
    {
        SirenDetector detector = new(new SirenOptions());
        List<float[]> readings = [];
        detector.Next(sound, DateTimeOffset.UnixEpoch, reading =>
        {
            if ((reading.Time - DateTimeOffset.UnixEpoch).TotalSeconds >= fromSeconds)
            {
                readings.Add(detector.Features.ToArray());
            }
        });
        _examples.AddRange(readings.Select(features => new Example(features, isSiren, group, weight / readings.Count, name)));
    }

    /// <summary>The model's weights, as <see cref="SirenModel"/> holds them.</summary>
    public float[] Fit() => Fit(_examples);

    /// <summary>Logit of each sound's best reading by a model that has seen no sound of its group.</summary>
    public IReadOnlyList<(string Name, bool IsSiren, double LogOdds)> CrossValidate()
    {
        List<(string, bool, double)> results = [];
        foreach (int group in _examples.Select(e => e.Group).Distinct())
        {
            float[] model = Fit(_examples.Where(e => e.Group != group));
            results.AddRange(_examples.Where(e => e.Group == group).GroupBy(e => (e.Name, e.IsSiren))
                .Select(sound => (sound.Key.Name, sound.Key.IsSiren, sound.Max(e => LogOdds(model, e.Features)))));
        }

        return results;
    }

    private static double LogOdds(float[] model, float[] features) => SirenModel.LogOdds(features, model);

    private static float[] Fit(IEnumerable<Example> chosen)
    {
        Example[] examples = [.. chosen];
        int n = SirenFeatures.Count;
        double[] mean = new double[n], deviation = new double[n];
        for (int f = 0; f < n; f++)
        {
            int feature = f;
            mean[f] = examples.Average(e => (double)e.Features[feature]);
            deviation[f] = Math.Sqrt(examples.Average(e => Math.Pow(e.Features[feature] - mean[feature], 2))) + 1e-3;
        }

        double[][] inputs = Array.ConvertAll(examples, e => e.Features.Select((value, f) => (value - mean[f]) / deviation[f]).ToArray());
        double sirens = examples.Where(e => e.IsSiren).Sum(e => e.Weight), others = examples.Where(e => !e.IsSiren).Sum(e => e.Weight);
        double[] weights = Array.ConvertAll(examples, e => e.Weight / (2 * (e.IsSiren ? sirens : others)));
        return [.. Enumerable.Range(0, Networks).AsParallel().AsOrdered()
            .SelectMany(member => Unstandardised(Descend(examples, inputs, weights, n, seed: 4 + member), mean, deviation))];
    }

    /// <summary>Takes the standardisation into the first layer.</summary>
    private static float[] Unstandardised(double[] model, double[] mean, double[] deviation)
    {
        int n = mean.Length;
        for (int h = 0; h < SirenModel.Hidden; h++)
        {
            Span<double> row = model.AsSpan(h * (n + 1), n + 1);
            for (int f = 0; f < n; f++)
            {
                row[f + 1] /= deviation[f];
                row[0] -= row[f + 1] * mean[f];
            }
        }

        return Array.ConvertAll(model, value => (float)value);
    }

    /// <summary>Gradient descent with the step sizes of Adam (Kingma and Ba 2015) on all examples at once.</summary>
    private static double[] Descend(Example[] examples, double[][] inputs, double[] weights, int n, int seed)
    {
        int hidden = SirenModel.Hidden, output = hidden * (n + 1), size = output + hidden + 1;
        Random random = new(seed);
        double[] model = new double[size], gradient = new double[size], first = new double[size], second = new double[size];
        for (int i = 0; i < size; i++)
        {
            model[i] = (random.NextDouble() - 0.5) * (i < output ? 0.6 : 1);
        }

        double[] active = new double[hidden];
        for (int iteration = 1; iteration <= Iterations; iteration++)
        {
            for (int i = 0; i < size; i++)
            {
                bool isBias = i == output || (i < output && i % (n + 1) == 0);
                gradient[i] = isBias ? 0 : Decay * model[i];
            }

            for (int e = 0; e < inputs.Length; e++)
            {
                double[] x = inputs[e];
                double z = model[output];
                for (int h = 0; h < hidden; h++)
                {
                    double sum = model[h * (n + 1)];
                    for (int f = 0; f < n; f++)
                    {
                        sum += model[(h * (n + 1)) + f + 1] * x[f];
                    }

                    active[h] = Math.Tanh(sum);
                    z += model[output + 1 + h] * active[h];
                }

                double error = weights[e] * ((1 / (1 + Math.Exp(-z))) - (examples[e].IsSiren ? 1 : 0));
                gradient[output] += error;
                for (int h = 0; h < hidden; h++)
                {
                    gradient[output + 1 + h] += error * active[h];
                    double back = error * model[output + 1 + h] * (1 - (active[h] * active[h]));
                    gradient[h * (n + 1)] += back;
                    for (int f = 0; f < n; f++)
                    {
                        gradient[(h * (n + 1)) + f + 1] += back * x[f];
                    }
                }
            }

            double rate = 0.02 / (1 + (iteration / (double)Iterations * 4));
            for (int i = 0; i < size; i++)
            {
                first[i] += 0.1 * (gradient[i] - first[i]);
                second[i] += 0.001 * ((gradient[i] * gradient[i]) - second[i]);
                double corrected = first[i] / (1 - Math.Pow(0.9, iteration));
                model[i] -= rate * corrected / (Math.Sqrt(second[i] / (1 - Math.Pow(0.999, iteration))) + 1e-8);
            }
        }

        return model;
    }

    private sealed record Example(float[] Features, bool IsSiren, int Group, double Weight, string Name);
}
