using System.Text.Json.Nodes;
using Sensing.Configuration;
using Sensing.TrafficCamera.Signals;

namespace Sensing.TrafficCamera.Tests.Signals;

public sealed class JunctionOptionsTests
{
    [Fact]
    public void The_crossroads_is_valid() => Assert.Empty(Crossroads.Options.Check());

    [Fact]
    public void Two_conflicting_greens_in_a_phase_are_refused() => Refused(
        Crossroads.Options with { Phases = [new() { Name = "main", Green = ["main", "side"] }, Crossroads.Options.Phases[1]] },
        "phases[0].green: 'main' and 'side' conflict: put them into different phases, or let one yield: move it to permissive and set mayYield in their conflict");

    [Fact]
    public void A_conflicting_permissive_green_needs_leave_to_yield()
    {
        JunctionOptions options = Crossroads.Options with
        {
            Phases = [new() { Name = "main", Green = ["main"], Permissive = ["side"] }, Crossroads.Options.Phases[1]],
        };
        Refused(options, "phases[0].permissive: 'main' and 'side' conflict and neither may yield: put them into different phases, or set mayYield in their conflict");
        Assert.Empty((options with { Conflicts = [new() { First = "main", Second = "side", MayYield = true }] }).Check());
    }

    [Fact]
    public void A_fixed_plan_must_fit_the_shortest_and_longest_greens_and_its_cycle()
    {
        JunctionOptions Plan(double cycle, double green) => Crossroads.Options with
        {
            FixedPlan = new() { CycleSeconds = cycle, Splits = [new() { Phase = "main", GreenSeconds = 32 }, new() { Phase = "side", GreenSeconds = green }] },
        };
        Refused(Plan(44, 4), "fixedPlan.splits[1].greenSeconds: must be between the shortest (5) and longest (40) green of phase 'side'");
        Refused(Plan(70, 20), "fixedPlan.cycleSeconds: must be 60: the greens of the splits with the yellow and all-red of each change");
    }

    [Fact]
    public void Unknown_and_repeated_names_are_named() => Refused(
        Crossroads.Options with
        {
            Conflicts = [new() { First = "main", Second = "sied" }],
            Approaches = [new() { Name = "main" }, new() { Name = "side" }, new() { Name = "main" }],
        },
        "approaches[2].name: 'main' is there twice: give each its own name",
        "conflicts[0].second: unknown group 'sied' (known: main, side)");

    [Fact]
    public void Pedestrians_get_their_shortest_green()
    {
        JunctionOptions walk = Crossroads.Options with
        {
            Groups = [Crossroads.Options.Groups[0], Crossroads.Options.Groups[1] with { Kind = SignalGroupKind.Pedestrian }],
            PedestrianMinGreenSeconds = 25,
        };
        Refused(walk, "fixedPlan.splits[1].greenSeconds: must be between the shortest (25) and longest (40) green of phase 'side'");
    }

    [Fact]
    public void A_group_without_green_and_a_bound_that_cannot_hold_are_refused()
    {
        Refused(
            Crossroads.Options with { Groups = [.. Crossroads.Options.Groups, new() { Name = "tram" }] },
            "groups[2].name: 'tram' is green in no phase of the fixed plan: add it to one, or add its phase to fixedPlan.splits");
        Refused(
            Crossroads.Options with { StarvationSeconds = 20, AllRedSeconds = 4, FixedPlan = Crossroads.Options.FixedPlan with { CycleSeconds = 66 } },
            "starvationSeconds: must be at least 24: the shortest greens of all phases with a change after each");
    }

    [Fact]
    public void It_binds_from_JSON()
    {
        var json = (JsonObject)JsonNode.Parse("""
            {
              "approaches": [{ "name": "main", "visibleM": 70 }, { "name": "side" }],
              "groups": [
                { "name": "main", "lanes": [{ "approach": "main", "lane": 1 }] },
                { "name": "side", "lanes": [{ "approach": "side" }], "kind": "pedestrian" }
              ],
              "conflicts": [{ "first": "main", "second": "side" }],
              "phases": [{ "name": "main", "green": ["main"] }, { "name": "side", "green": ["side"] }],
              "fixedPlan": { "cycleSeconds": 60, "splits": [{ "phase": "main", "greenSeconds": 32 }, { "phase": "side", "greenSeconds": 20 }] },
              "rule": "webster"
            }
            """)!;
        ConfigurationResult<JunctionOptions> result = new OptionsBinder(NoComponents.Instance).Bind<JunctionOptions>(json);
        Assert.Empty(result.Problems);
        Assert.Equal((SignalRuleKind.Webster, 70.0), (result.Value!.Rule, result.Value.Approaches[0].VisibleM));
    }

    private static void Refused(JunctionOptions options, params string[] problems) =>
        Assert.Equal(problems, options.Check().Select(p => p.ToString()));
}
