using Microsoft.Extensions.Time.Testing;
using Sensing.Effects;

namespace Sensing.Tests.Effects;

public sealed class EffectExecutorEndTests
{
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_may_end_twice()
    {
        using var owner = new Request(0);
        EffectExecutor executor = Work.Executor(_time, (_, _) => Task.FromResult(new Answer(0)), owner: owner);

        await executor.DisposeAsync();
        await executor.DisposeAsync();

        Assert.Equal(1, owner.Disposals);
    }

    [Fact]
    public async Task Its_end_cancels_the_work_then_disposes_what_the_handlers_own()
    {
        var started = new TaskCompletionSource();
        bool? ownerWasThere = null;
        using var owner = new Request(0);
        EffectExecutor executor = Work.Executor(_time, async (_, cancellation) =>
        {
            started.SetResult();
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellation);
            }
            finally
            {
                ownerWasThere = owner.Disposals == 0;
            }

            return new Answer(0);
        }, owner: owner);
        using var request = new Request(1);

        executor.Submit(Work.Double, 1, request);
        await started.Task.WaitAsync(Cancellation);
        await executor.DisposeAsync();

        Assert.True(ownerWasThere);
        Assert.Equal(1, owner.Disposals);
        Assert.Equal(1, request.Disposals);

        // It stays pending, so that the state saved last reports it as lost.
        Assert.Equal([new PendingEffect("test.double", 1)], executor.Pending);
        Assert.False(executor.TryTake(Work.Now, out _));
    }

    [Fact]
    public async Task Its_end_does_not_wait_for_a_handler_that_ignores_its_token_but_leaves_it_what_it_uses()
    {
        var started = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        using var owner = new Request(0);
        EffectExecutor executor = Work.Executor(_time, async (_, _) =>
        {
            started.SetResult();
            await release.Task;
            return new Answer(0);
        }, owner: owner);
        using var request = new Request(1);

        executor.Submit(Work.Double, 1, request);
        await started.Task.WaitAsync(Cancellation);
        Task end = executor.DisposeAsync().AsTask();
        await _time.AdvanceUntilAsync(end, TimeSpan.FromSeconds(5));
        Assert.False(owner.Disposed.IsCompleted);
        Assert.False(request.Disposed.IsCompleted);

        release.SetResult();
        await request.Disposed.WaitAsync(Cancellation);
        await owner.Disposed.WaitAsync(Cancellation);
    }

    [Fact]
    public async Task A_recording_that_cannot_be_written_does_not_keep_what_the_handlers_own()
    {
        using var owner = new Request(0);
        EffectExecutor executor = Work.Executor(_time, (_, _) => Task.FromResult(new Answer(0)), owner: owner);
        executor.Recorder = new EffectRecorder(new FullDisk(), "test", appends: true);

        await Assert.ThrowsAsync<IOException>(async () => await executor.DisposeAsync());

        Assert.Equal(1, owner.Disposals);
    }

    private sealed class FullDisk : StringWriter
    {
        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            throw new IOException("No space left on device");
        }
    }
}
