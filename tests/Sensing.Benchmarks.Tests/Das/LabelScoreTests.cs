using CsCheck;
using Sensing.Benchmarks.Das;
using Sensing.Das.Events;

namespace Sensing.Benchmarks.Tests.Das;

public sealed class LabelScoreTests
{
    private const double PositionM = 65;

    [Fact]
    public void The_score_is_that_of_the_best_assignment_among_all_assignments() =>
        Gen.Select(Gen.Double[0, 5].Array[0, 6], Gen.Double[0, 5].Array[0, 6]).Sample((marks, seconds) =>
        {
            LabelScore score = LabelScore.Of([.. marks.Select(t => Label(t))], [.. seconds.Select(s => Report(s))], PositionM, 0, 5, 0.5, []);
            int best = Best(marks, seconds, 0, []);
            Assert.Equal(best, score.Hits);
            Assert.Equal(marks.Length - best, score.Missed.Count);
            Assert.Equal(seconds.Length - best, score.FalseAlarms.Count);
            Assert.Equal(marks.Length == 0 ? 0 : (double)best / marks.Length, score.Recall, 12);
            Assert.Equal(seconds.Length == 0 ? 0 : (double)best / seconds.Length, score.Precision, 12);
            double p = score.Precision, r = score.Recall;
            Assert.Equal(p + r == 0 ? 0 : 2 * p * r / (p + r), score.F1, 12);
            Assert.All(score.Pairs, pair => Assert.True(Math.Abs(pair.Label.Times[PositionM] - pair.Vehicle.Seconds) <= 0.5));
        });

    [Fact]
    public void Doubtful_rows_and_what_lies_outside_the_window_count_neither_way()
    {
        LabelScore score = LabelScore.Of(
            [Label(10), Label(20, clear: false), Label(99)], [Report(10.2), Report(20.1), Report(98.9), Report(30)], PositionM, 5, 50, 0.5, []);
        Assert.Equal((1, 0), (score.Hits, score.Missed.Count));
        Assert.Equal(30, Assert.Single(score.FalseAlarms).Seconds);
    }

    [Fact]
    public void A_named_passage_elsewhere_on_the_track_excuses_its_report()
    {
        // The report drives 10 m/s from 65 m on: it is at 85 m two seconds later.
        Assert.Empty(LabelScore.Of([], [Report(10)], PositionM, 0, 50, 0.5, [(85, 12.3)]).FalseAlarms);
        Assert.Single(LabelScore.Of([], [Report(10)], PositionM, 0, 50, 0.5, [(85, 13)]).FalseAlarms);
    }

    [Fact]
    public void Speed_error_and_recall_by_strength_are_those_of_the_rows_that_have_them()
    {
        PassageLabel With(double t65, double t165, string strength) =>
            new(new Dictionary<double, double> { [65] = t65, [165] = t165 }, strength, true, "");

        // Labelled 10, 12.5 and 20 m/s; all are reported at 10 m/s: errors 0, 0.2 and 0.5.
        LabelScore score = LabelScore.Of(
            [With(10, 20, "strong"), With(30, 38, "medium"), With(50, 55, "faint"), Label(70)],
            [Report(10), Report(30), Report(50)], PositionM, 0, 100, 0.5, []);
        Assert.Equal(0.2, score.MedianSpeedError(65, 165)!.Value, 12);
        Assert.Equal(2.0 / 3, score.RecallOf("strong", "medium")!.Value, 12);
        Assert.Null(score.MedianSpeedError(65, 400));
        Assert.Null(score.RecallOf("no such"));
    }

    /// <summary>Most pairs within the tolerance, by trying every assignment.</summary>
    private static int Best(double[] marks, double[] seconds, int mark, HashSet<int> taken)
    {
        if (mark == marks.Length)
        {
            return 0;
        }

        int best = Best(marks, seconds, mark + 1, taken);
        for (int s = 0; s < seconds.Length; s++)
        {
            if (Math.Abs(marks[mark] - seconds[s]) <= 0.5 && taken.Add(s))
            {
                best = Math.Max(best, 1 + Best(marks, seconds, mark + 1, taken));
                taken.Remove(s);
            }
        }

        return best;
    }

    private static PassageLabel Label(double seconds, bool clear = true) =>
        new(new Dictionary<double, double> { [PositionM] = seconds }, "strong", clear, "");

    /// <summary>A vehicle at 65 m, driving 10 m/s towards larger distance, seen from 55 to 95 m.</summary>
    private static ReportedVehicle Report(double seconds) => new(
        seconds,
        new VehiclePassage
        {
            Direction = TravelDirection.Increasing,
            SpeedKmh = 36,
            SpeedStandardErrorKmh = 1,
            Class = VehicleClass.Small,
            ClassProbability = 1,
            ReferenceM = PositionM,
            StartM = 55,
            EndM = 95,
            Amplitude = 1e-6,
            Confidence = 0.9,
            Track = [new TrackPoint(-1, 55), new TrackPoint(3, 95)],
        },
        seconds + 5);
}
