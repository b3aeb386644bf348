using Sensing.Marine.Impacts.Features;
using Sensing.Marine.Impacts.Learning;
using Sensing.Marine.Impacts.Models;
using Sensing.Marine.Impacts.Simulation;
using Sensing.Models;
using Sensing.Testing;

namespace Sensing.Marine.Impacts.Tests;

/// <summary>A small classifier that several tests use: trained once, in a few seconds.</summary>
public sealed class SmallModel
{
    public SmallModel() => Trained = ImpactTraining.Train([], seed: 1, voyages: 80);

    public TrainedModel Trained { get; }
}

public sealed class ImpactModelTests(SmallModel small) : IClassFixture<SmallModel>
{
    [Fact]
    public void The_onnx_file_answers_as_the_network_that_it_was_written_from()
    {
        ImpactNetwork network = small.Trained.Network;
        byte[] file = NetworkFile.Write(network, "test");
        Assert.Equal(file, NetworkFile.Write(network, "test"));
        Assert.True(file.Length < 1_000_000, $"{file.Length} bytes");
        using var model = new ImpactModel(new ModelDescription("impacts", "1.0", "", file.Length), file, network.Mean.Length);
        var features = new WindowFeatures();
        foreach (SimulatedWindow window in SimulatedWindows.Of(new VoyageOptions { Seed = 41 }, out _))
        {
            float[] values = features.Of(window.Motion);
            Assert.All(network.Classify(values).Zip(model.Classify(values)), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        }
    }

    [Fact]
    public void On_seas_that_it_has_not_seen_it_is_right_and_as_sure_as_it_should_be()
    {
        var features = new WindowFeatures();
        var answers = new List<(float[] Probabilities, int Class)>();
        for (int seed = 0; seed < 40; seed++)
        {
            answers.AddRange(SimulatedWindows.Of(new VoyageOptions { Seed = 31_000_000 + seed, TurnedDeg = 2 }, out _).Where(window => !window.IsLate)
                .Select(window => (small.Trained.Network.Classify(features.Of(window.Motion)), (int)window.Class)));
        }

        // Of a model with an eighth of the usual voyages.
        Assert.True(answers.Average(answer => Calibration.Best(answer.Probabilities) == answer.Class ? 1 : 0) >= 0.9);
        Assert.True(Calibration.Error(answers) <= 0.05, $"{Calibration.Error(answers)}");
    }

    [Fact]
    public void A_model_for_other_features_is_refused_by_name()
    {
        byte[] file = NetworkFile.Write(small.Trained.Network, "test");
        ModelException error = Assert.Throws<ModelException>(() => new ImpactModel(new ModelDescription("impacts", "1.0", "", file.Length), file, 5));
        Assert.Contains("impacts 1.0: it is for the features", error.Message, StringComparison.Ordinal);
        Assert.Throws<ModelException>(() => new ImpactModel(new ModelDescription("impacts", "1.0", "", 3), new byte[] { 1, 2, 3 }, 5));
    }

    /// <summary>Real impacts of a quadcopter, a flight left out at a time: the figures of the measure marine-impact, with one seed.</summary>
    [Fact]
    [TimeLimit(minutes: 5, reason: "seven trainings")]
    public void Real_impacts_of_flights_that_it_has_not_seen_keep_their_direction()
    {
        string? path = SharedFolder.Find("data", "marine", "impacts_drone", "impacts_drone_dev.csv");
        Assert.SkipWhen(path is null, "../shared/data/marine/impacts_drone is missing");
        IReadOnlyList<LabelledWindow> windows = WindowFile.Read(path!);
        int[] flights = LabelledWindow.Voyages(windows);
        string[] classes = [.. windows.Select(window => window.Class).Distinct().Order(StringComparer.Ordinal)];
        var features = new WindowFeatures(Baseline.Level);
        Example[][] examples =
        [
            .. windows.Select((window, i) => Symmetry.Square.Of(window.Motion, Array.IndexOf(classes, window.Class), classes)
                .Select(seen => new Example(features.Of(seen.Window), seen.Class, flights[i])).ToArray()),
        ];
        int right = 0, impacts = 0, directions = 0, falseImpacts = 0;
        foreach (int flight in flights.Distinct())
        {
            ImpactNetwork network = NetworkTrainer.Fit(
                [.. examples.SelectMany(one => one).Where(one => one.Group != flight)], classes, new TrainingOptions { Members = 3 }, TestContext.Current.CancellationToken);
            foreach (Example example in examples.Select(one => one[0]).Where(one => one.Group == flight))
            {
                string found = classes[Calibration.Best(network.Classify(example.Features))], expected = classes[example.Class];
                bool isImpact = expected.StartsWith("impact", StringComparison.Ordinal);
                right += found == expected ? 1 : 0;
                impacts += isImpact ? 1 : 0;
                directions += isImpact && found == expected ? 1 : 0;
                falseImpacts += !isImpact && found.StartsWith("impact", StringComparison.Ordinal) ? 1 : 0;
            }
        }

        Assert.Equal(7, flights.Distinct().Count());
        Assert.True(right >= 0.85 * windows.Count, $"{right} of {windows.Count}");
        Assert.True(directions >= 0.9 * impacts, $"{directions} of {impacts}");
        Assert.True(falseImpacts <= 1, $"{falseImpacts} false impacts");
    }
}
