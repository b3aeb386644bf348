using Sensing.Scheduling.PlanAhead;
using Sensing.Scheduling.Simulation;

namespace Sensing.Scheduling.Tests.PlanAhead;

public class CloudTimeModelTests
{
    private static readonly IReadOnlyList<InferenceTaskType> Types = PublishedTaskTypes.Passive;

    [Fact]
    public void A_calm_cloud_stays_calm()
    {
        var feed = new Feed(1);
        for (int i = 0; i < 400; i++)
        {
            feed.Call(added: 0);
            Assert.InRange(feed.Model.Added, -70_000, 70_000);
        }
    }

    [Theory]
    [InlineData(300_000)]
    [InlineData(150_000)]
    public void A_step_is_taken_within_eight_calls_and_back(long step)
    {
        var feed = new Feed(2);
        feed.Calls(100, 0);
        feed.Calls(8, step);
        Assert.InRange(feed.Model.Added, step - 90_000, step + 90_000);
        feed.Calls(40, step);
        feed.Calls(8, 0);
        Assert.InRange(feed.Model.Added, -90_000, 90_000);
    }

    [Fact]
    public void The_spread_of_a_type_is_learned()
    {
        var steady = new Feed(3, sigma: 0.05);
        var wild = new Feed(3, sigma: 0.4);
        steady.Calls(1500, 0);
        wild.Calls(1500, 0);

        // Both have the table's 398 ms as their 95th percentile.
        Assert.InRange(steady.Model.InTime(0, 398_000), 0.90, 0.99);
        Assert.InRange(wild.Model.InTime(0, 398_000), 0.90, 0.99);
        Assert.True(steady.Model.InTime(0, 330_000) < wild.Model.InTime(0, 330_000));
    }

    [Fact]
    public void Two_overdue_calls_tell_of_a_slow_cloud_before_any_comes_back_and_one_does_not()
    {
        var one = new CloudTimeModel(Types);
        one.Sent(Task(0, 0), 0);
        one.Watch(2_000_000);
        Assert.Equal(0, one.Added);

        var two = new CloudTimeModel(Types);
        two.Sent(Task(0, 0), 0);
        two.Sent(Task(1, 0), 100_000);
        two.Watch(400_000);
        Assert.Equal(0, two.Added);
        two.Watch(2_000_000);
        Assert.True(two.Added > 1_000_000);
        Assert.True(two.InTime(0, Types[0].RelativeDeadline) < 0.01);
    }

    [Fact]
    public void Slack_for_a_chance_is_the_inverse_of_the_chance_for_a_slack()
    {
        var feed = new Feed(4);
        feed.Calls(60, 120_000);
        foreach (double chance in new[] { 0.05, 0.2, 0.5, 0.9, 0.99 })
        {
            Assert.Equal(chance, feed.Model.InTime(2, feed.Model.SlackFor(2, chance)), 2);
        }
    }

    [Fact]
    public void A_refusal_after_5_ms_is_no_fast_call_and_a_call_given_up_early_is_no_slow_one()
    {
        var feed = new Feed(6);
        feed.Calls(60, 0);
        double added = feed.Model.Added;
        double before = feed.Model.InTime(0, 400_000);
        feed.Call(added: 0, RunOutcome.Censored, took: 50_000);
        Assert.Equal(added, feed.Model.Added);
        Assert.Equal(before, feed.Model.InTime(0, 400_000), 2);

        feed.Call(added: 0, RunOutcome.Failed, took: 5_000);
        Assert.Equal(added, feed.Model.Added);
        Assert.True(feed.Model.InTime(0, 400_000) < 0.2);
    }

    [Fact]
    public void One_slow_call_in_ten_is_no_slow_network()
    {
        var feed = new Feed(7);
        var draws = new SeededStream(7, "tail");
        for (int i = 0; i < 1000; i++)
        {
            feed.Call(added: draws.Uniform() < 0.1 ? 800_000 : 0);
            Assert.True(i < 100 || feed.Model.Added < 250_000, $"{feed.Model.Added} µs after {i} calls");
        }
    }

    private static InferenceTask Task(int id, int type) => new(id, type, Types[type], 0, 0);

    /// <summary>Calls in turn of all types, each sent when the one before is back.</summary>
    private sealed class Feed(long seed, double sigma = 0.2)
    {
        private readonly SeededStream _draws = new(seed, "cloud time");
        private int _id;
        private long _now;

        public CloudTimeModel Model { get; } = new(Types);

        public void Calls(int count, long added)
        {
            for (int i = 0; i < count; i++)
            {
                Call(added);
            }
        }

        public void Call(long added, RunOutcome outcome = RunOutcome.Succeeded, long? took = null)
        {
            int type = _id % Types.Count;
            var task = new InferenceTask(_id++, type, Types[type], 0, _now) { StartedAt = _now, Outcome = outcome };
            Model.Sent(task, _now);
            long elapsed = took ?? added + (long)(Types[type].CloudTime * Math.Exp(sigma * (_draws.Normal() - 1.6449)));
            _now += elapsed;
            Model.Learn(task, elapsed, _now);
        }
    }
}
