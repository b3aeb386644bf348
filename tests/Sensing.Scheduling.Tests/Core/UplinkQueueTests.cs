namespace Sensing.Scheduling.Tests.Core;

public class UplinkQueueTests
{
    // 100 kB at 8 Mbit/s: 100 ms.
    private static readonly UplinkOptions Link = new() { Megabits = 8 };

    [Fact]
    public void One_upload_of_a_segment_serves_all_its_calls()
    {
        var queue = new UplinkQueue(Link);

        Assert.Equal(100_000, queue.Send(Task(0, 0, 0), 0));
        Assert.Equal(100_000, queue.Send(Task(1, 0, 0), 20_000));
        Assert.Equal(150_000, queue.Send(Task(2, 0, 0), 150_000));
        Assert.Equal(200_000, queue.Send(Task(3, 1, 0), 30_000));
        Assert.Equal(300_000, queue.Send(Task(4, 0, 40_000), 40_000));
    }

    [Fact]
    public void Each_call_uploads_where_segments_are_not_shared()
    {
        var queue = new UplinkQueue(Link with { UploadPerCall = true });

        Assert.Equal(100_000, queue.Send(Task(0, 0, 0), 0));
        Assert.Equal(200_000, queue.Send(Task(1, 0, 0), 20_000));
    }

    [Fact]
    public void Asking_changes_nothing()
    {
        var queue = new UplinkQueue(Link);
        queue.Send(Task(0, 0, 0), 0);

        Assert.Equal(200_000, queue.ReadyAt(Task(1, 1, 0), 0));
        Assert.Equal(200_000, queue.ReadyAt(Task(1, 1, 0), 0));
        Assert.Equal(100_000, queue.ReadyAt(Task(2, 0, 0), 0));
    }

    private static InferenceTask Task(int id, int drone, long release) => new(id, 0, PublishedTaskTypes.HazardVest, drone, release);
}
