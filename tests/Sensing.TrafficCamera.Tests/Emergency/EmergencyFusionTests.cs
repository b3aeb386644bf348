using Sensing.TrafficCamera.Emergency;
using Sensing.TrafficCamera.Events;
using Sensing.TrafficCamera.LightBars;
using Sensing.TrafficCamera.Sirens;

namespace Sensing.TrafficCamera.Tests.Emergency;

public sealed class EmergencyFusionTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    [Fact]
    public void A_light_bar_reports_its_lane_and_arrival()
    {
        List<EmergencyVehicle> reports = Run(10, second => [Bar(7, second, 14)], _ => [], second => [new(7, 2, 100 - (10 * second), 10)]);
        EmergencyVehicle first = reports[0];
        Assert.Equal((7L, 2, false), (first.Vehicle!.Value, first.Lane!.Value, first.Ended));
        Assert.Contains(first.Evidence, evidence => evidence.Kind == EmergencyEvidenceKind.LightBar);
        Assert.Equal(Start.AddSeconds(10), first.ExpectedArrival!.Value, TimeSpan.FromSeconds(0.1));
        Assert.All(reports, report => Assert.Equal(first.FirstSeen, report.FirstSeen));
    }

    [Fact]
    public void A_weak_light_bar_needs_the_siren()
    {
        Assert.Empty(Run(4, second => [Bar(7, second, 5)], _ => [], _ => [new(7, 1)]));
        Assert.Contains(Run(4, second => [Bar(7, second, 5)], second => [Siren(second, 6)], _ => [new(7, 1)]), report => report.Vehicle == 7);
    }

    [Fact]
    public void A_siren_alone_has_no_lane()
    {
        List<EmergencyVehicle> reports = Run(10, _ => [], second => [Siren(second, 10)], _ => [new(1, 1), new(2, 2)]);
        Assert.NotEmpty(reports);
        Assert.All(reports, report => Assert.Null(report.Lane));
    }

    [Fact]
    public void It_ends_once_when_the_vehicle_passes_the_line_or_is_lost()
    {
        List<EmergencyVehicle> passed = Run(12, second => second < 8 ? [Bar(7, second, 14)] : [], _ => [], second => second < 8 ? [new(7, 2, 50 - (10 * second), 10)] : []);
        Assert.Single(passed, report => report.Ended);
        Assert.True(passed[^1].Ended);
        List<EmergencyVehicle> lost = Run(12, second => second < 3 ? [Bar(7, second, 14)] : [], _ => [], second => second < 3 ? [new(7, 2, 50, 0)] : []);
        Assert.Single(lost, report => report.Ended);
        Assert.Null(lost[0].ExpectedArrival);
    }

    [Fact]
    public void Evidence_fades_when_it_is_no_longer_observed()
    {
        EmergencyFusion fusion = new(new EmergencyOptions());
        fusion.Observe(Bar(7, 0, 14));
        double before = fusion.Confidence(7, Start), after = fusion.Confidence(7, Start.AddSeconds(30));
        Assert.InRange(before, 0.99, 1);
        Assert.InRange(after, 0, 0.01);
    }

    [Fact]
    public void Confidence_is_calibrated_where_the_evidence_is()
    {
        // Independent likelihood ratios of two normal distributions one apart: the exact posterior is known.
        Random random = new(3);
        EmergencyOptions options = new() { PriorShare = 0.2, SirenShare = 0.9999999, ForeignSirenShare = 0.0001 };
        List<(double Confidence, bool Is)> all = [];
        for (int i = 0; i < 4000; i++)
        {
            EmergencyFusion fusion = new(options);
            bool isEmergency = random.NextDouble() < options.PriorShare;
            double x = (isEmergency ? 3 : 0) + Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            double y = 1 / (1 + Math.Exp(-((3 * x) - 4.5)));
            fusion.Observe(1, Start, y);
            all.Add((fusion.Confidence(1, Start), isEmergency));
        }

        foreach (var bin in all.GroupBy(r => (int)(r.Confidence * 5)).Where(b => b.Count() > 60))
        {
            double expected = bin.Average(r => r.Confidence), observed = bin.Average(r => r.Is ? 1.0 : 0);
            Assert.Equal(expected, observed, 0.03 + (3 * Math.Sqrt(expected * (1 - expected) / bin.Count())));
        }
    }

    [Fact]
    public void The_fusion_resumes_from_its_saved_state()
    {
        EmergencyFusion one = new(new EmergencyOptions()), two = new(new EmergencyOptions());
        one.Observe(Bar(7, 0, 14));
        one.Observe(Siren(0, 3));
        one.Next(Start, [new(7, 2, 100, 10)], _ => { });
        using MemoryStream state = new();
        using BinaryWriter writer = new(state);
        one.Save(writer);
        state.Position = 0;
        using BinaryReader reader = new(state);
        two.Load(reader);
        List<EmergencyVehicle> first = [], second = [];
        for (int i = 1; i < 8; i++)
        {
            one.Next(Start.AddSeconds(i), i < 3 ? [new(7, 2, 90, 10)] : [], first.Add);
            two.Next(Start.AddSeconds(i), i < 3 ? [new(7, 2, 90, 10)] : [], second.Add);
        }

        Assert.NotEmpty(first);
        Assert.Equal(first.Select(r => (r.Vehicle, r.Confidence, r.Ended, r.ExpectedArrival)), second.Select(r => (r.Vehicle, r.Confidence, r.Ended, r.ExpectedArrival)));
    }

    private static LightBarReading Bar(long vehicle, double second, double nats) =>
        new(vehicle, Start.AddSeconds(second), nats, 1, 2, FlashColour.Blue, true);

    private static SirenReading Siren(double second, double nats) => new(Start.AddSeconds(second), 1, nats, true);

    private static List<EmergencyVehicle> Run(
        int seconds, Func<double, LightBarReading[]> bars, Func<double, SirenReading[]> sirens, Func<double, ApproachingVehicle[]> vehicles)
    {
        EmergencyFusion fusion = new(new EmergencyOptions());
        List<EmergencyVehicle> reports = [];
        for (double second = 0; second < seconds; second += 0.25)
        {
            Array.ForEach(bars(second), fusion.Observe);
            Array.ForEach(sirens(second), fusion.Observe);
            fusion.Next(Start.AddSeconds(second), vehicles(second), reports.Add);
        }

        return reports;
    }
}
