using System.Text.Json;
using Sensing.Scheduling.Simulation;

namespace Sensing.Scheduling.Tests.Simulation;

public class WorkloadFileTests
{
    [Fact]
    public void Everything_that_a_file_may_say_is_read()
    {
        Workload workload = WorkloadFile.Parse(
            """
            {
              "name": "harbour", "drones": 3, "durationS": 60, "segmentPeriodMs": 500,
              "types": [ { "name": "HV", "benefit": 125, "deadlineMs": 650, "edgeMs": 174, "cloudMs": 398, "edgeCost": 1, "cloudCost": 25, "qoeBonus": 100 } ],
              "arrivals": { "kind": "jittered", "jitterMs": 20, "meanPresenceS": 30, "meanAbsenceS": 15 },
              "edge": { "speed": 2, "tailShare": 0.1, "tailFactor": 3, "slowdowns": [ { "fromS": 20, "factor": 2 } ] },
              "cloud": { "slots": 4, "tailShare": 0.05, "tailFactor": 2 },
              "uplink": { "megabits": 6, "segmentKilobytes": 50, "uploadPerCall": true }
            }
            """,
            "file");

        Assert.Equal(("harbour", 3, 60_000_000L, 500_000L), (workload.Name, workload.Drones, workload.Duration, workload.SegmentPeriod));
        Assert.Equal(PublishedTaskTypes.HazardVest with { EdgeMs = 87 }, Assert.Single(workload.Types));
        Assert.Equal((ArrivalKind.Jittered, 20_000L), (workload.Arrivals.Kind, workload.Arrivals.Jitter));
        Assert.Equal((30_000_000L, 15_000_000L), (workload.Arrivals.MeanPresence, workload.Arrivals.MeanAbsence));
        Assert.Equal((new TailOptions(0.1, 3), new TailOptions(0.05, 2), 4), (workload.EdgeTail, workload.CloudTail, workload.CloudSlots));
        Assert.Equal((1, 2), (workload.EdgeSlowdownAt(19_999_999), workload.EdgeSlowdownAt(20_000_000)));
        Assert.Equal((true, 66_666L), (workload.Uplink!.UploadPerCall, workload.Uplink.UploadTime));
    }

    [Fact]
    public void What_a_file_leaves_out_is_the_papers()
    {
        Workload workload = WorkloadFile.Parse("""{ "drones": 2, "typeSet": "active" }""", "harbour");

        Assert.Equal("harbour", workload.Name);
        Assert.Equal(
            TaskStream.Draw(Workload.Active(2), LatencyOptions.Default, 3).Tasks.Select(t => (t.Release, t.TypeIndex, t.Drone)),
            TaskStream.Draw(workload, LatencyOptions.Default, 3).Tasks.Select(t => (t.Release, t.TypeIndex, t.Drone)));
    }

    [Theory]
    [InlineData("""{ "drones": 0, "typeSet": "active" }""", "drones must be 1 to 1000, not 0.")]
    [InlineData("""{ "drones": 2 }""", "typeSet (passive, active) must say")]
    [InlineData("""{ "drones": 2, "typeSet": "lazy" }""", "not 'lazy'")]
    [InlineData("""{ "drones": 2, "typeSet": "active", "arrivals": { "kind": "trace" } }""", "arrivals.segments must list")]
    [InlineData("""{ "drones": 2, "typeSet": "active", "arrivals": { "kind": "trace", "segments": [ { "atMs": 5, "drone": 2 } ] } }""", "drone must be 0 to 1")]
    [InlineData("""{ "drones": 2, "typeSet": "active", "arrivals": { "meanPresenceS": 5 } }""", "are given together")]
    [InlineData("""{ "drones": 2, "typeSet": "active", "edge": { "tailShare": 2 } }""", "edge.tailShare must be 0 to 1, not 2.")]
    public void A_value_out_of_range_is_named(string json, string message) => Assert.Contains(
        message, Assert.Throws<InvalidDataException>(() => WorkloadFile.Parse(json, "file")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_property_that_workloads_do_not_have_is_refused() => Assert.Contains(
        "dronez", Assert.Throws<JsonException>(() => WorkloadFile.Parse("""{ "drones": 2, "dronez": 3, "typeSet": "active" }""", "file")).Message, StringComparison.Ordinal);
}
