namespace Sensing.Scheduling.Tests.Core;

public class TraceReplayTests
{
    [Theory]
    [InlineData(TraceKind.Arrived, TraceKind.StartedOnEdge)]
    [InlineData(TraceKind.Arrived, TraceKind.SentToCloud, TraceKind.EdgeFinished)]
    [InlineData(TraceKind.Arrived, TraceKind.StartedOnEdge, TraceKind.EdgeFinished, TraceKind.Dropped)]
    [InlineData(TraceKind.StartedOnEdge, TraceKind.EdgeFinished)]
    public void A_life_that_no_task_can_live_is_refused(params TraceKind[] life) => Assert.Throws<SchedulingException>(
        () => TraceReplay.Account(life.Select(kind => new TraceEntry(0, kind, 7, 0, 0, 0, 0)), [PublishedTaskTypes.HazardVest], QoeOptions.Default));
}
