using Sensing.Scheduling.PlanAhead;
using Sensing.Scheduling.Simulation;

namespace Sensing.Scheduling.Tests.PlanAhead;

public class EdgeTimeModelTests
{
    private const int BodyPose = 3;
    private static readonly IReadOnlyList<InferenceTaskType> Types = PublishedTaskTypes.Passive;

    [Fact]
    public void One_slow_run_in_ten_moves_the_tail_and_not_the_body()
    {
        var draws = new SeededStream(5, "edge");
        var model = new EdgeTimeModel(Types);
        for (int i = 0; i < 2000; i++)
        {
            int type = i % Types.Count;
            model.Learn(type, (long)(0.92 * Types[type].EdgeTime * (1 + (0.05 * draws.Normal())) * (draws.Uniform() < 0.1 ? 3 : 1)));
            Assert.InRange(model.Mean(BodyPose) / (0.92 * Types[BodyPose].EdgeTime), 0.93, 1.07);
        }

        Assert.InRange(model.TailShare, 0.04, 0.18);
        Assert.InRange(model.SparedByTail(BodyPose, 0), 0.82, 0.96);
        Assert.Equal(1, model.SparedByTail(BodyPose, 3 * model.Mean(BodyPose)));
        Assert.InRange(model.Expected(BodyPose, 1.5 * model.Mean(BodyPose)) / model.Mean(BodyPose), 2.5, 3.5);
    }

    [Fact]
    public void A_device_that_throttles_is_followed_within_six_runs_in_all_types_and_back()
    {
        var model = new EdgeTimeModel(Types);
        Run(model, 100, 0.92);
        Run(model, 6, 1.84);
        Assert.InRange(model.Mean(BodyPose) / Types[BodyPose].EdgeTime, 1.7, 2);
        Run(model, 100, 1.84);
        Run(model, 6, 0.92);
        Assert.InRange(model.Mean(BodyPose) / Types[BodyPose].EdgeTime, 0.85, 1);
    }

    private static void Run(EdgeTimeModel model, int count, double factor)
    {
        for (int i = 0; i < count; i++)
        {
            model.Learn(i % 3, (long)(factor * Types[i % 3].EdgeTime));
        }
    }
}
