using System.Globalization;
using System.Text.Json.Nodes;
using Sensing.Marine.Impacts.Features;
using Sensing.Marine.Impacts.Learning;
using Sensing.Marine.Impacts.Upload;

namespace Sensing.Benchmarks.Marine;

/// <summary>Selective upload: how much better a model becomes by the windows that it was least sure of, and by as many drawn at random.</summary>
/// <remarks>Real windows. Each round: two windows of each class to begin with, a third of the rest held out, and the others in the pool of a node. The
/// first model picks; a person labels what was uploaded; the model is trained again on all that the cloud has.</remarks>
public sealed class MarineUploadMeasure : IMeasure
{
    private const string DefaultWindows = "../shared/data/marine/impacts_drone/impacts_drone_dev.csv";

    private static readonly double[] Shares = [0, 0.1, 0.25, 0.5, 0.75, 1];

    public string Name => "marine-upload";

    public string Summary => "Accuracy after refinement by share of uploaded windows: the most uncertain ones beside random ones.";

    public string Inputs => $"--windows FILE (default {DefaultWindows}); --rounds N (default 20) --seed S";

    public string Duration => "2 min";

    public Task<JsonObject> RunAsync(MeasureOptions options, TextWriter output, CancellationToken cancellation)
    {
        string path = options.File("windows", DefaultWindows);
        int rounds = options.Whole("rounds", 20), seed = options.Whole("seed", 1);
        options.NothingElse();
        IReadOnlyList<LabelledWindow> windows = WindowFile.Read(path);
        string[] classes = [.. windows.Select(window => window.Class).Distinct().Order(StringComparer.Ordinal)];
        var features = new WindowFeatures(Baseline.Level);
        Example[][] examples =
        [
            .. windows.Select((window, i) => Symmetry.Square.Of(window.Motion, Array.IndexOf(classes, window.Class), classes)
                .Select(seen => new Example(features.Of(seen.Window), seen.Class, i)).ToArray()),
        ];
        double[] uncertain = new double[Shares.Length], random = new double[Shares.Length];
        int pool = 0;
        for (int round = 0; round < rounds; round++)
        {
            pool += Round(examples, classes, new Random((seed * 1000) + round), uncertain, random, cancellation);
        }

        return Task.FromResult(Result(windows, uncertain, random, rounds, (double)pool / rounds, output));
    }

    private static int Round(
        Example[][] examples, string[] classes, Random random, double[] uncertain, double[] drawn, CancellationToken cancellation)
    {
        int[] order = [.. Enumerable.Range(0, examples.Length)];
        random.Shuffle(order);
        int[] known = [.. order.GroupBy(i => examples[i][0].Class).SelectMany(group => group.Take(2))];
        int[] rest = [.. order.Except(known)], held = [.. rest.Take(rest.Length / 3)], pool = [.. rest.Except(held)];
        var training = new TrainingOptions { Seed = random.Next() };
        ImpactNetwork first = Fit(known);
        int[] doubtful = [.. pool.OrderByDescending(i => Calibration.Entropy(first.Classify(examples[i][0].Features)))], any = [.. pool];
        random.Shuffle(any);
        for (int s = 0; s < Shares.Length; s++)
        {
            int count = (int)Math.Round(Shares[s] * pool.Length);
            double with = Accuracy(count == 0 ? first : Fit([.. known, .. doubtful.Take(count)]));
            uncertain[s] += with;
            drawn[s] += count == 0 || count == pool.Length ? with : Accuracy(Fit([.. known, .. any.Take(count)]));
        }

        return pool.Length;

        ImpactNetwork Fit(int[] chosen) => NetworkTrainer.Fit([.. chosen.SelectMany(i => examples[i])], classes, training, cancellation);
        double Accuracy(ImpactNetwork network) =>
            held.Average(i => Calibration.Best(network.Classify(examples[i][0].Features)) == examples[i][0].Class ? 1.0 : 0);
    }

    private static JsonObject Result(
        IReadOnlyList<LabelledWindow> windows, double[] uncertain, double[] random, int rounds, double pool, TextWriter output)
    {
        double bytes = windows.Average(window => WindowCode.Length(window.Motion.Length));
        JsonObject byUncertainty = [], atRandom = [], megabytes = [];
        output.WriteLine("share uploaded        MB  uncertain   random");
        for (int s = 0; s < Shares.Length; s++)
        {
            string share = Shares[s].ToString(CultureInfo.InvariantCulture);
            double size = Math.Round(Shares[s] * pool) * bytes / 1e6;
            (byUncertainty[share], atRandom[share]) = (Math.Round(uncertain[s] / rounds, 4), Math.Round(random[s] / rounds, 4));
            megabytes[share] = Math.Round(size, 4);
            output.WriteLine(FormattableString.Invariant($"{Shares[s],14:0%} {size,9:0.000} {uncertain[s] / rounds,10:0.000} {random[s] / rounds,8:0.000}"));
        }

        return new JsonObject { ["uncertain"] = byUncertainty, ["random"] = atRandom, ["uploaded_mb"] = megabytes, ["rounds"] = rounds };
    }
}
