using System.Numerics;
using System.Text.Json;
using Sensing.Marine.Events;
using Sensing.Marine.Impacts;
using Sensing.Marine.Impacts.Features;
using Sensing.Marine.Impacts.Learning;
using Sensing.Marine.Impacts.Models;
using Sensing.Marine.Impacts.Simulation;
using Sensing.Marine.Impacts.Upload;
using Sensing.Models;

namespace Sensing.Marine.Refinement.Tests;

/// <summary>Training from labelled windows and the comparison with the model in use.</summary>
public sealed class ImpactRefinementTests(Networks networks) : IClassFixture<Networks>
{
    private const string Source = "/sites/harbour/nodes/boat/streams/hull";

    private static readonly ImpactRefinement Refinement = new(new RefinementOptions { Voyages = 40 });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void A_candidate_is_better_than_a_confused_model_and_not_than_its_equal()
    {
        LabelledEvent[] windows = [.. Windows(40)];
        TrainingOutcome better = Refinement.Train(windows, networks.Confused(), Cancel);
        Assert.True(better.IsBetter, better.Reason);
        ModelMetric accuracy = better.Metrics.Single(metric => metric.Name == "accuracy");
        Assert.True(accuracy.Value > 0.85 && accuracy.InUse < 0.3, better.Reason);
        Assert.InRange(better.Metrics.Single(metric => metric.Name == "heldOutWindows").Value, 0.2 * windows.Length, 0.4 * windows.Length);

        // Beside itself it is not better.
        LabelledWindow[] held = [.. Labelled(windows)];
        using ImpactModel same = Open(better.Candidate!.Value), itself = Open(better.Candidate.Value);
        ModelComparison equal = ModelComparison.Of(same, itself, held, new RefinementOptions { Voyages = 40 }, Cancel);
        Assert.Contains("may be luck", equal.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_few_windows_are_said_so_and_others_data_are_left_out()
    {
        LabelledEvent[] windows = [.. Windows(2)];
        TrainingOutcome none = Refinement.Train([.. windows, new LabelledEvent(Source, windows[0].Time, "{}"u8.ToArray(), "bow")], networks.File("a"), Cancel);
        Assert.Null(none.Candidate);
        Assert.Contains("Label more, of other hours.", none.Reason, StringComparison.Ordinal);
        Assert.Equal("1.0", Refinement.Packaged!.Description.Version);
        Assert.Matches(@"^[a-z-]+ 0\.\d\d \(impacts 1\.0\)$", Refinement.Describe(windows[0].Data));
        Assert.Equal("", Refinement.Describe("["u8.ToArray()));
    }

    [Fact]
    public void An_hour_is_held_out_as_a_whole_and_always()
    {
        var start = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
        bool[] hours = [.. Enumerable.Range(0, 2000).Select(hour => HeldOutHours.Contains(Source, start.AddHours(hour), 0.3))];
        Assert.InRange(hours.Count(held => held), 520, 680);
        for (int hour = 0; hour < 50; hour++)
        {
            Assert.Equal(hours[hour], HeldOutHours.Contains(Source, start.AddHours(hour).AddMinutes(59), 0.3));
        }
    }

    [Fact]
    public void The_sign_test_is_the_exact_sum_of_binomial_coefficients()
    {
        foreach ((int gained, int lost) in new[] { (0, 0), (5, 0), (4, 1), (12, 3), (3, 12), (200, 150) })
        {
            int n = gained + lost;
            BigInteger sum = 0, term = 1;
            for (int k = n; k >= gained; k--)
            {
                sum += term;
                term = term * k / (n - k + 1);
            }

            Assert.Equal(Math.Exp(BigInteger.Log(sum) - (n * Math.Log(2))), ModelComparison.SignTest(gained, lost), 1e-9);
        }
    }

    private static ImpactModel Open(ReadOnlyMemory<byte> file) =>
        new(new ModelDescription("impacts", "1.1", "", file.Length), file, new WindowFeatures().Names.Count);

    private static IEnumerable<LabelledWindow> Labelled(IEnumerable<LabelledEvent> windows) => windows
        .Where(window => HeldOutHours.Contains(window.Source, window.Time, 0.3))
        .Select(window => new LabelledWindow(
            "", window.Label, window.Time,
            WindowCode.Read(Convert.FromBase64String(JsonSerializer.Deserialize(window.Data.Span, MarineEventJson.Default.ImpactWindow)!.Motion), 100)));

    /// <summary>Windows of simulated voyages as nodes send them, an hour a voyage, with what they really show.</summary>
    private static IEnumerable<LabelledEvent> Windows(int voyages)
    {
        var start = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
        for (int voyage = 0; voyage < voyages; voyage++)
        {
            DateTimeOffset time = start.AddHours(voyage);
            foreach (SimulatedWindow window in SimulatedWindows.Of(new VoyageOptions { Seed = 55_000 + voyage }, out _).Where(window => !window.IsLate))
            {
                var payload = new ImpactWindow
                {
                    Class = ImpactClass.WaveSlam,
                    Probability = 0.4,
                    Entropy = 1,
                    Model = "impacts 1.0",
                    Rate = window.Motion.Rate,
                    Motion = Convert.ToBase64String(WindowCode.Write(window.Motion)),
                };
                time = time.AddSeconds(5);
                yield return new LabelledEvent(
                    Source, time, JsonSerializer.SerializeToUtf8Bytes(payload, MarineEventJson.Default.ImpactWindow), SimulatedWindows.Classes[(int)window.Class]);
            }
        }
    }
}
