using Sensing.Benchmarks.Marine;
using Sensing.Marine.Encounters;
using Sensing.Marine.Geodesy;
using Sensing.Marine.Vessels;
using Sensing.Testing;

namespace Sensing.Marine.Tests.Encounters;

public sealed class EncounterRulesTests
{
    private const double Knot = 1852.0 / 3600;

    private static readonly RiskLimits Limits = new(1852, 1800);

    [Fact]
    public void Ten_thousand_random_geometries_have_the_class_of_an_independent_computation()
    {
        var random = new Random(2);
        var clear = new Dictionary<EncounterClass, int>();
        for (int i = 0; i < 10_000; i++)
        {
            RandomEncounter drawn = RandomEncounter.Draw(random);
            Assessment made = EncounterRules.Assess(drawn.Own, drawn.Target, drawn.Limits);
            Assert.False(drawn.MustNotStandOn && made.Duty == EncounterDuty.StandOn, drawn.ToString());
            Assert.False(drawn.IsBeyondTolerance(made), drawn.ToString());
            if (!drawn.IsGrey)
            {
                Assert.True(drawn.Class == made.Class, $"{made.Class} instead of {drawn}");
                clear[made.Class] = clear.GetValueOrDefault(made.Class) + 1;
            }
        }

        // Each class occurs often enough to mean something.
        Assert.All(Enum.GetValues<EncounterClass>(), kind => Assert.True(clear.GetValueOrDefault(kind) > 100, $"{kind}: {clear.GetValueOrDefault(kind)}"));
    }

    [Fact]
    public void The_published_cases_have_an_accepted_class_their_duty_and_their_closest_approach()
    {
        string? path = SharedFolder.Find("data", "marine", "encounters", "encounters_dev.jsonl");
        Assert.SkipWhen(path is null, "../shared/data/marine/encounters is not there.");
        foreach (EncounterCase one in EncounterCase.Read(path))
        {
            Assessment made = one.Assess();
            string kind = EncounterWords.Of(made.Class);
            Assert.True(one.Names("accept", kind), $"{one.Id}: {kind}, expected {one.Expect}");
            Assert.False(one.Names("forbid", kind), one.Id);
            Assert.True(one.IsWithin(made), $"{one.Id}: {made}");
            if (!one.IsGrey)
            {
                Assert.Equal((string)one.Expect!["duty"]!, EncounterWords.Of(made.Duty));
            }
        }
    }

    [Theory]
    [InlineData(NavigationStatus.NotUnderCommand)]
    [InlineData(NavigationStatus.RestrictedManoeuvrability)]
    [InlineData(NavigationStatus.Fishing)]
    [InlineData(NavigationStatus.Sailing)]
    public void A_vessel_of_priority_from_port_is_given_way(int status)
    {
        (VesselState own, VesselState target) = FromPort();
        Assert.Equal(EncounterClass.CrossingStandOn, EncounterRules.Assess(own, target, Limits).Class);
        Assessment made = EncounterRules.Assess(own, target with { Status = status }, Limits);
        Assert.Equal((EncounterClass.CrossingGiveWay, EncounterDuty.GiveWay), (made.Class, made.Duty));
    }

    [Fact]
    public void In_restricted_visibility_nobody_stands_on()
    {
        (VesselState own, VesselState target) = FromPort();
        Assessment made = EncounterRules.Assess(own, target, Limits, restrictedVisibility: true);
        Assert.Equal((EncounterClass.CrossingGiveWay, EncounterDuty.BothGiveWay), (made.Class, made.Duty));
    }

    [Theory]
    [InlineData(NavigationStatus.AtAnchor, 0.2)]
    [InlineData(NavigationStatus.Moored, 0)]
    [InlineData(NavigationStatus.Aground, 1.9)]
    public void Vessels_at_rest_have_no_class_and_still_a_closest_approach(int status, double knots)
    {
        (VesselState own, VesselState target) = FromPort();
        Assessment made = EncounterRules.Assess(own, target with { Status = status, SpeedMs = knots * Knot }, new RiskLimits(1e6, 1e5));
        Assert.Equal((EncounterClass.None, EncounterDuty.None), (made.Class, made.Duty));
        Assert.NotNull(made.Approach);
    }

    [Fact]
    public void A_vessel_that_moves_though_it_says_it_is_at_anchor_is_never_stood_on_for()
    {
        (VesselState own, VesselState target) = FromPort();
        Assert.Equal(EncounterClass.None, EncounterRules.Assess(own, target with { Status = NavigationStatus.AtAnchor }, Limits).Class);
    }

    [Fact]
    public void Without_a_position_or_a_speed_nothing_is_assessed()
    {
        (VesselState own, VesselState target) = FromPort();
        Assert.Equal(default, EncounterRules.Assess(own with { Position = null }, target, Limits));
        Assert.Equal(default, EncounterRules.Assess(own, target with { SpeedMs = null }, Limits));
        Assert.Equal(default, EncounterRules.Assess(own, target with { CourseDeg = null, HeadingDeg = null }, Limits));
    }

    [Fact]
    public void Without_headings_courses_serve_for_vessels_that_make_way()
    {
        (VesselState own, VesselState target) = FromPort();
        Assert.Equal(EncounterClass.CrossingStandOn, EncounterRules.Assess(own with { HeadingDeg = null }, target with { HeadingDeg = null }, Limits).Class);
        VesselState slow = target with { HeadingDeg = null, SpeedMs = 0.9 * Knot };
        Assert.Equal(EncounterClass.None, EncounterRules.Assess(own, slow, new RiskLimits(1e6, 1e5)).Class);
    }

    /// <summary>Own ship north at 10 kn; the target east at 10 kn, so that they meet after 600 s.</summary>
    private static (VesselState Own, VesselState Target) FromPort()
    {
        var meeting = new GeoPosition(54, 10);
        double way = 600 * 10 * Knot;
        return (
            new VesselState { Position = Geodesic.Move(meeting, 180, way), CourseDeg = 0, HeadingDeg = 0, SpeedMs = 10 * Knot },
            new VesselState { Position = Geodesic.Move(meeting, 270, way), CourseDeg = 90, HeadingDeg = 90, SpeedMs = 10 * Knot });
    }
}
