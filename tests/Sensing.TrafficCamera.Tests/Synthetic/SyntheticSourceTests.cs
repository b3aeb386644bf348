using Sensing.Events;
using Sensing.Streams;
using Sensing.Testing.Conformance;
using Sensing.TrafficCamera.Synthetic;
using Sensing.Vision.Frames;
using Xunit;

namespace Sensing.TrafficCamera.Tests.Synthetic;

// One line a source.
public sealed class SyntheticSourceConformance() : SourceConformance<Frame>(SmallScene.Source);

public sealed class SyntheticSourceTests
{
    [Fact]
    public async Task A_live_source_that_was_away_resumes_in_the_present_and_reports_the_gap()
    {
        using SourceUnderTest<Frame> test = SmallScene.Source();
        var options = SyntheticSourceOptions.From(SmallScene.Options) with { Live = true };
        await using var first = new SyntheticSource(options, test.Context);
        SourceReading before = await SourceReading.Of(first, test, enough: 10);

        test.Time.Advance(TimeSpan.FromHours(5));
        await using var second = new SyntheticSource(options, test.Context);
        SourceReading after = await SourceReading.Of(second, test, before.Positions[^1].Next, 5);

        Assert.Equal("gap", Assert.Single(after.Notices).Code);
        Assert.All(after.Readings, reading => Assert.InRange(
            (reading.Time - before.Readings[^1].Time).TotalHours, 4.99, 5.01));
    }

    [Fact]
    public void Positions_of_a_crowded_road_stay_within_their_bound()
    {
        SceneOptions crowded = SmallScene.Options with
        {
            Lanes = 4,
            OpposingLanes = 3,
            LengthM = 120,
            PitchDegrees = 12,
            VehiclesPerHour = 2000,
            TwoWheelerShare = 1,
            HeavyShare = 0,
            GreenSeconds = 5,
            CycleSeconds = 240,
        };
        using var scene = new TrafficScene(crowded);
        scene.Skip(10 * 240);

        Assert.InRange(scene.Traffic.Count, 100, TrafficSimulation.MostVehicles);
        using var state = new MemoryStream();
        scene.Save(new BinaryWriter(state));
        Assert.InRange(40 + (4 * state.Length / 3), 1, 4096);
    }
}
