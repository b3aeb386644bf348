using CsCheck;
using Sensing.Scheduling.Simulation;
using Sensing.Scheduling.Yardsticks;

namespace Sensing.Scheduling.Tests.Yardsticks;

public class CloudHindsightTests
{
    /// <summary>Every ms of every scenario is tried: no moment to call is better than hindsight says.</summary>
    [Fact]
    public void No_moment_to_call_was_overlooked() => Gen.Select(
        Gen.Int[0, Variability.Names.Count - 1].Select(i => Variability.Names[i]), Gen.Long[0, 1000], Gen.Int[0, 11_000], Gen.Double[0.3, 2.2], Gen.Int[0, 5]).Sample(
        (scenario, seed, atMs, factor, type) =>
        {
            CloudConditions conditions = Variability.Find(scenario, 12_000_000, seed)!;
            var task = new InferenceTask(0, type, PublishedTaskTypes.Active[type], 0, atMs * 1000L);
            long cloudTime = (long)(task.Type.CloudTime * factor);
            bool possible = false;
            for (long sent = task.Release; sent <= task.Deadline; sent += 1000)
            {
                possible |= !conditions.IsAwayAt(sent) && sent + cloudTime + conditions.AddedAt(sent) <= task.Deadline;
            }

            if (possible && task.Type.CloudUtility > 0)
            {
                Assert.Equal(task.Type.CloudUtility, CloudHindsight.Worth(task, cloudTime, conditions, LatencyOptions.Default));
            }
        },
        threads: 1);

    [Fact]
    public void A_call_that_never_comes_back_in_time_is_worth_nothing()
    {
        var task = new InferenceTask(0, 0, PublishedTaskTypes.HazardVest, 0, 0);

        Assert.Equal(0, CloudHindsight.Worth(task, 650_001, Recorded.Calm, LatencyOptions.Default));
        Assert.Equal(100, CloudHindsight.Worth(task, 650_000, Recorded.Calm, LatencyOptions.Default));
    }

    [Fact]
    public void A_segment_must_be_uploaded_before_the_cloud_can_work_on_it()
    {
        var task = new InferenceTask(0, 0, PublishedTaskTypes.HazardVest, 0, 0);

        Assert.Equal(100, CloudHindsight.Worth(task, 550_000, Recorded.Calm, LatencyOptions.Default, upload: 100_000));
        Assert.Equal(0, CloudHindsight.Worth(task, 550_001, Recorded.Calm, LatencyOptions.Default, upload: 100_000));
    }
}
