using System.Text.Json;
using Sensing.Das.Classify;
using Sensing.Das.Events;
using Sensing.Das.Tracks;

namespace Sensing.Das.Tests.Classify;

public sealed class ClassCalibrationTests
{
    private static readonly ClassifiedPassage[] Cars = [.. PassageMaker.About(40, 1e-6, 5e-8, 1)];
    private static readonly ClassifiedPassage[] Trucks = [.. PassageMaker.About(12, 8e-6, 6e-7, 2)];
    private static readonly ClassifiedPassage[] Trams = [.. PassageMaker.About(8, 6e-5, 2e-6, 3)];

    [Fact]
    public void A_site_with_two_kinds_of_vehicles_divides_between_them()
    {
        ClassModel model = ClassCalibration.FromSite([.. Cars, .. Trucks]);
        Assert.All(Cars, c => Assert.Equal(VehicleClass.Small, ClassDecision.Of(c.Passage, model, new ClassOptions()).Class));
        Assert.All(Trucks, t => Assert.Equal(VehicleClass.Large, ClassDecision.Of(t.Passage, model, new ClassOptions()).Class));
        IReadOnlyList<double> divide = model.Divide();
        Assert.Equal(0.5, model.LargeProbability([.. divide]), 6);
        Assert.InRange(Math.Pow(10, divide[0]), 1.5e-6, 6e-6);
        Assert.Equal(0.5, model.LargeProbability([model.DivideAt(divide[1]), divide[1]]), 6);
    }

    [Fact]
    public void Too_few_vehicles_and_too_few_of_a_kind_are_told()
    {
        Assert.StartsWith("19 vehicles were found; 20 are needed", Problem(() => ClassCalibration.FromSite(Cars[..19])), StringComparison.Ordinal);
        Assert.StartsWith("3 of the 43 vehicles stand apart as large; 5 are needed", Problem(() => ClassCalibration.FromSite([.. Cars, .. Trucks[..3]])), StringComparison.Ordinal);
    }

    [Fact]
    public void A_site_with_one_kind_of_vehicles_is_told_and_not_divided()
    {
        for (int seed = 10; seed < 30; seed++)
        {
            Assert.StartsWith("The 60 vehicles are of one class as far as", Problem(() => ClassCalibration.FromSite([.. PassageMaker.About(60, 1e-6, 5e-8, seed)])), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Labels_decide_also_where_no_mixture_would()
    {
        ClassifiedPassage[] halves = [.. PassageMaker.About(60, 1e-6, 5e-8, 4).OrderBy(v => v.Passage.Amplitude)];
        ClassModel model = ClassCalibration.FromLabels([.. Labelled(halves[..30], VehicleClass.Small), .. Labelled(halves[30..], VehicleClass.Large)]);
        Assert.InRange(halves[..25].Count(v => ClassDecision.Of(v.Passage, model, new ClassOptions()).Class == VehicleClass.Small), 23, 25);
        Assert.InRange(halves[35..].Count(v => ClassDecision.Of(v.Passage, model, new ClassOptions()).Class == VehicleClass.Large), 23, 25);
    }

    [Fact]
    public void Labels_of_one_class_too_few_or_mixed_up_are_told()
    {
        Assert.StartsWith("All 40 labelled vehicles that were found are small", Problem(() => ClassCalibration.FromLabels([.. Labelled(Cars, VehicleClass.Small)])), StringComparison.Ordinal);
        Assert.StartsWith("All 12 labelled vehicles that were found are large or rail", Problem(() => ClassCalibration.FromLabels([.. Labelled(Trucks, VehicleClass.Large)])), StringComparison.Ordinal);
        Assert.StartsWith("40 small and 4 large or rail vehicles", Problem(() => ClassCalibration.FromLabels([.. Labelled(Cars, VehicleClass.Small), .. Labelled(Trucks[..4], VehicleClass.Large)])), StringComparison.Ordinal);
        Assert.StartsWith("The vehicles that are labelled large have smaller amplitudes", Problem(() => ClassCalibration.FromLabels([.. Labelled(Cars, VehicleClass.Large), .. Labelled(Trucks, VehicleClass.Small)])), StringComparison.Ordinal);
    }

    [Fact]
    public void Rail_labels_give_the_amplitude_that_tells_rail_from_large()
    {
        ClassModel model = ClassCalibration.FromLabels([.. Labelled(Cars, VehicleClass.Small), .. Labelled(Trucks, VehicleClass.Large), .. Labelled(Trams, VehicleClass.Rail)]);
        Assert.InRange(model.RailAmplitude!.Value, 1.6e-5, 3e-5);
        var rail = new ClassOptions { Rail = true, RailAmplitude = 1 };
        Assert.All(Trams, t => Assert.Equal(VehicleClass.Rail, ClassDecision.Of(t.Passage, model, rail).Class));
        Assert.All(Trucks, t => Assert.Equal(VehicleClass.Large, ClassDecision.Of(t.Passage, model, rail).Class));
        Assert.All(Trams, t => Assert.Equal(VehicleClass.Large, ClassDecision.Of(t.Passage, model, rail with { Rail = false }).Class));
        Assert.Null(ClassCalibration.FromLabels([.. Labelled(Cars, VehicleClass.Small), .. Labelled(Trams, VehicleClass.Rail)]).RailAmplitude);
    }

    [Fact]
    public void The_expected_error_is_what_drawn_vehicles_show()
    {
        ClassModel model = ClassModel.FromLabels(
            [.. Cars.Concat(PassageMaker.About(40, 1.6e-6, 8e-8, 7)).Select(v => ClassModel.Features(v.Passage))],
            [.. Enumerable.Range(0, 80).Select(i => i < 40 ? VehicleClass.Small : VehicleClass.Large)]);
        var overlap = ClassOverlap.Of(model);
        var random = new Random(8);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        const int draws = 40_000;
        double Drawn(IReadOnlyList<double> mean, IReadOnlyList<double> deviation, bool large) => Enumerable.Range(0, draws)
            .Count(_ => model.LargeProbability([mean[0] + (deviation[0] * Normal()), mean[1] + (deviation[1] * Normal())]) >= 0.5 == large) / (double)draws;

        Assert.InRange(overlap.SmallError, 0.02, 0.3);
        Assert.Equal(Drawn(model.Mixture.LowerMean, model.Mixture.LowerDeviation, large: true), overlap.SmallError, 0.01);
        Assert.Equal(Drawn(model.Mixture.UpperMean, model.Mixture.UpperDeviation, large: false), overlap.LargeError, 0.01);
    }

    [Fact]
    public void A_mislabelled_vehicle_is_counted_when_it_is_left_out()
    {
        LabelledVehicle[] labelled = [.. Labelled(Cars, VehicleClass.Small), .. Labelled(Trucks, VehicleClass.Large), .. Labelled([Cars[0] with { }], VehicleClass.Large)];
        Assert.Equal(1, ClassOverlap.WrongWhenLeftOut(labelled, c => c == VehicleClass.Large));
        Assert.Equal(0, ClassOverlap.WrongWhenLeftOut(labelled, c => c == VehicleClass.Small));
    }

    [Fact]
    public void Labels_name_the_nearest_vehicle_of_their_direction_one_to_one()
    {
        ClassifiedPassage[] vehicles = [PassageMaker.At(0), PassageMaker.At(0.4), PassageMaker.At(0.3, direction: TravelDirection.Decreasing), PassageMaker.At(50)];
        VehicleLabel[] labels = [Label(0.3, TravelDirection.Increasing), Label(0.35, TravelDirection.Increasing), Label(0.3, TravelDirection.Decreasing), Label(20)];
        var matched = LabelMatching.Match(vehicles, labels, 1).ToDictionary(m => Array.IndexOf(labels, m.Label), m => Array.IndexOf(vehicles, m.Vehicle));
        Assert.Equal(new Dictionary<int, int> { [0] = 0, [1] = 1, [2] = 2 }, matched);

        Assert.StartsWith("None of the 1 labels lies within 1 s of one of the 4 vehicles that were found: the nearest is off by 19.6 s.", Problem(() => LabelMatching.Match(vehicles, [Label(20)], 1).Count), StringComparison.Ordinal);
    }

    [Fact]
    public void A_calibration_file_that_was_spoilt_is_refused()
    {
        SiteCalibration good = SiteCalibrator.Of(DasOptions.Highway, new DasGeometry(50, 0.01, 5, 0), ClassCalibration.FromSite([.. Cars, .. Trucks]) with { RailAmplitude = 1e-5 });
        SiteCalibration read = SiteCalibration.Parse(good.ToJson());
        Assert.Equal(good.Classes!.Mixture.UpperMean, read.Classes!.Mixture.UpperMean);
        Assert.Equal(1e-5, read.Classes.RailAmplitude);
        GaussianMixture m = good.Classes.Mixture;
        foreach (GaussianMixture bad in new[] { m with { UpperShare = 1 }, m with { LowerMean = [1] }, m with { UpperDeviation = [0, 1] }, m with { LowerMean = m.UpperMean } })
        {
            Assert.Throws<JsonException>(() => SiteCalibration.Parse((good with { Classes = good.Classes with { Mixture = bad } }).ToJson()));
        }
    }

    private static VehicleLabel Label(double seconds, TravelDirection? direction = null) => new(PassageMaker.Noon.AddSeconds(seconds), direction, VehicleClass.Small);

    private static IEnumerable<LabelledVehicle> Labelled(IEnumerable<ClassifiedPassage> vehicles, VehicleClass kind) =>
        vehicles.Select(v => new LabelledVehicle(v, new VehicleLabel(v.Passage.TimeOf(v.Passage.ReferenceSeconds), v.Passage.Direction, kind)));

    private static string Problem(Func<object> run)
    {
        CalibrationException error = Assert.Throws<CalibrationException>(run);
        Assert.NotEmpty(error.Remedy);
        return error.Problem;
    }
}
