using Microsoft.Extensions.Time.Testing;
using Sensing.Effects;

namespace Sensing.Tests.Effects;

public sealed class EffectExecutorTests
{
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_result_comes_back_with_id_time_and_duration_and_the_request_is_disposed()
    {
        await using EffectExecutor executor = Work.Executor(_time, (request, _) =>
        {
            _time.Advance(TimeSpan.FromSeconds(2));
            return Task.FromResult(new Answer(2 * request.Number));
        });
        using var request = new Request(21);

        executor.Submit(Work.Double, 7, request);
        Assert.Equal([new PendingEffect("test.double", 7)], executor.Pending);
        EffectCompletion completion = await executor.NextAsync();

        Assert.Equal(("test.double", 7, EffectOutcome.Succeeded), (completion.Effect, completion.Id, completion.Outcome));
        Assert.Equal(42, Work.Double.Read(completion).Number);
        Assert.Equal(Work.Now.Until, completion.Time);
        Assert.Equal(TimeSpan.FromSeconds(2), completion.Elapsed);
        Assert.Null(completion.Problem);
        Assert.Empty(executor.Pending);
        await request.Disposed.WaitAsync(Cancellation);
        Assert.False(await executor.WaitAsync(Cancellation));
        await executor.DisposeAsync();
        Assert.Equal(1, request.Disposals);
    }

    [Fact]
    public async Task What_a_handler_throws_is_the_command_s_own_failure()
    {
        await using EffectExecutor executor = Work.Executor(_time, (request, _) =>
            request.Number == 1 ? throw new IOException("the accelerator is gone") : Task.FromResult(new Answer(request.Number)));
        using Request bad = new(1), good = new(2);

        executor.Submit(Work.Double, 1, bad);
        EffectCompletion failed = await executor.NextAsync();
        executor.Submit(Work.Double, 2, good);
        EffectCompletion succeeded = await executor.NextAsync();

        Assert.Equal((1L, EffectOutcome.Failed, "the accelerator is gone"), (failed.Id, failed.Outcome, failed.Problem));
        Assert.True(failed.Result.IsEmpty);
        ArgumentException error = Assert.Throws<ArgumentException>(() => Work.Double.Read(failed));
        Assert.Contains("'test.double' 1 did not succeed: the accelerator is gone", error.Message, StringComparison.Ordinal);
        Assert.Equal((2L, EffectOutcome.Succeeded), (succeeded.Id, succeeded.Outcome));
        await bad.Disposed.WaitAsync(Cancellation);
    }

    [Fact]
    public async Task A_cancellation_that_nobody_asked_for_is_a_failure()
    {
        await using EffectExecutor executor = Work.Executor(_time, (_, _) => throw new TaskCanceledException("the server hung up"));
        using var request = new Request(1);

        executor.Submit(Work.Double, 1, request);
        EffectCompletion completion = await executor.NextAsync();

        Assert.Equal((EffectOutcome.Failed, "the server hung up"), (completion.Outcome, completion.Problem));
    }

    [Fact]
    public async Task A_handler_that_takes_too_long_is_cancelled_and_timed_out()
    {
        var started = new TaskCompletionSource();
        await using EffectExecutor executor = Work.Executor(_time, async (_, cancellation) =>
        {
            started.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellation);
            return new Answer(0);
        });
        using var request = new Request(1);

        executor.Submit(Work.Double, 1, request);
        await started.Task.WaitAsync(Cancellation);
        _time.Advance(TimeSpan.FromSeconds(60));
        EffectCompletion completion = await executor.NextAsync();

        Assert.Equal((EffectOutcome.TimedOut, "No result within 60 s."), (completion.Outcome, completion.Problem));
        Assert.Equal(TimeSpan.FromSeconds(60), completion.Elapsed);
        await request.Disposed.WaitAsync(Cancellation);
    }

    [Fact]
    public async Task Waiting_for_a_turn_counts_as_time_and_as_no_work()
    {
        var release = new TaskCompletionSource();
        var started = new TaskCompletionSource();
        var limits = new EffectLimits { Timeout = TimeSpan.FromSeconds(10) };
        await using EffectExecutor executor = Work.Executor(_time, async (request, _) =>
        {
            started.TrySetResult();
            await release.Task;
            return new Answer(request.Number);
        }, limits: limits);
        using Request first = new(1), second = new(2);

        executor.Submit(Work.Double, 1, first);
        await started.Task.WaitAsync(Cancellation);
        executor.Submit(Work.Double, 2, second);
        await _time.AdvanceUntilAsync(second.Disposed, TimeSpan.FromSeconds(10));
        EffectCompletion[] both = [await executor.NextAsync(), await executor.NextAsync()];
        release.SetResult();

        Assert.All(both, completion => Assert.Equal(EffectOutcome.TimedOut, completion.Outcome));
        Assert.Equal(TimeSpan.Zero, both.Single(completion => completion.Id == 2).Elapsed);
        await first.Disposed.WaitAsync(Cancellation);
    }

    [Fact]
    public async Task A_handler_that_ignores_its_token_keeps_its_slot_and_its_request_until_it_returns()
    {
        var release = new TaskCompletionSource();
        var started = new TaskCompletionSource();
        bool ranTogether = false;
        await using EffectExecutor executor = Work.Executor(_time, async (request, _) =>
        {
            ranTogether |= started.Task.IsCompleted && !release.Task.IsCompleted;
            if (request.Number == 1)
            {
                started.SetResult();
                await release.Task;
            }

            return new Answer(request.Number);
        });
        using Request stubborn = new(1), next = new(2);

        executor.Submit(Work.Double, 1, stubborn);
        await started.Task.WaitAsync(Cancellation);
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(EffectOutcome.TimedOut, (await executor.NextAsync()).Outcome);
        Assert.False(stubborn.Disposed.IsCompleted);

        // The accelerator is still busy with the first: the second waits, however long that was.
        executor.Submit(Work.Double, 2, next);
        release.SetResult();
        EffectCompletion completion = await executor.NextAsync();
        Assert.Equal((2L, EffectOutcome.Succeeded), (completion.Id, completion.Outcome));
        Assert.False(ranTogether);
        await stubborn.Disposed.WaitAsync(Cancellation);
        Assert.Equal(1, stubborn.Disposals);
        Assert.False(executor.TryTake(Work.Now, out _), "The late result came back as well.");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task No_more_commands_run_at_a_time_than_the_handler_takes(int concurrency)
    {
        int running = 0;
        int most = 0;
        var full = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await using EffectExecutor executor = Work.Executor(_time, async (request, _) =>
        {
            int now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            if (now == concurrency)
            {
                full.TrySetResult();
            }

            await release.Task;
            Interlocked.Decrement(ref running);
            return new Answer(request.Number);
        }, concurrency);
        Request[] requests = [.. Enumerable.Range(0, 20).Select(number => new Request(number))];

        foreach (Request request in requests)
        {
            executor.Submit(Work.Double, request.Number, request);
        }

        await full.Task.WaitAsync(Cancellation);
        release.SetResult();
        var done = new List<EffectCompletion>();
        while (executor.Pending.Count > 0)
        {
            done.Add(await executor.NextAsync());
        }

        Assert.Equal(concurrency, most);
        Assert.Equal(Enumerable.Range(0, 20).Select(number => (long)number), done.Select(completion => completion.Id).Order());
        Assert.All(done, completion => Assert.Equal(completion.Id, Work.Double.Read(completion).Number));
    }

    [Fact]
    public async Task Beyond_its_bound_a_live_stream_s_command_is_refused_and_disposed_and_a_recording_s_is_taken()
    {
        var limits = new EffectLimits { MaxPending = 2 };
        var release = new TaskCompletionSource();
        Func<Request, CancellationToken, Task<Answer>> run = async (request, _) =>
        {
            await release.Task;
            return new Answer(request.Number);
        };
        await using EffectExecutor live = Work.Executor(_time, run, limits: limits);
        await using EffectExecutor recording = Work.Executor(_time, run, limits: limits, refuses: false);
        using Request refused = new(3), taken = new(3);

        foreach (int number in new[] { 1, 2 })
        {
            live.Submit(Work.Double, number, new Request(number));
            recording.Submit(Work.Double, number, new Request(number));
        }

        Assert.False(live.HasRoom);
        live.Submit(Work.Double, 3, refused);
        recording.Submit(Work.Double, 3, taken);

        Assert.Equal(1, refused.Disposals);
        EffectCompletion first = await live.NextAsync();
        Assert.Equal((3L, EffectOutcome.Refused, "2 commands were pending already."), (first.Id, first.Outcome, first.Problem));
        Assert.Equal(3, recording.Pending.Count);
        release.SetResult();
        EffectCompletion[] all = [await recording.NextAsync(), await recording.NextAsync(), await recording.NextAsync()];
        Assert.All(all, completion => Assert.Equal(EffectOutcome.Succeeded, completion.Outcome));
        Assert.True(recording.HasRoom);
    }

    [Fact]
    public async Task Commands_of_an_earlier_run_are_lost_and_their_ids_are_free_again()
    {
        await using EffectExecutor executor = Work.Executor(_time, (request, _) => Task.FromResult(new Answer(request.Number)));

        executor.Restore([new PendingEffect("test.double", 4), new PendingEffect("test.double", 5)]);
        using Request again = new(4), later = new(4);
        Assert.Throws<InvalidOperationException>(() => executor.Submit(Work.Double, 4, again));
        EffectCompletion[] lost = [await executor.NextAsync(), await executor.NextAsync()];

        Assert.Equal([4L, 5L], lost.Select(completion => completion.Id));
        Assert.All(lost, completion => Assert.Equal(
            (EffectOutcome.Lost, "The program stopped while the command was pending."), (completion.Outcome, completion.Problem)));
        executor.Submit(Work.Double, 4, later);
        Assert.Equal(EffectOutcome.Succeeded, (await executor.NextAsync()).Outcome);
    }

    [Fact]
    public async Task A_command_without_a_handler_and_an_id_twice_are_mistakes_of_the_pipeline()
    {
        var other = new Effect<Request, Answer>("test.other", WorkJson.Default.Answer);
        var release = new TaskCompletionSource();
        await using EffectExecutor executor = Work.Executor(_time, async (request, _) =>
        {
            await release.Task;
            return new Answer(request.Number);
        });
        using Request first = new(1), second = new(1), third = new(1);

        executor.Submit(Work.Double, 1, first);
        InvalidOperationException unknown = Assert.Throws<InvalidOperationException>(() => executor.Submit(other, 1, second));
        InvalidOperationException twice = Assert.Throws<InvalidOperationException>(() => executor.Submit(Work.Double, 1, third));
        release.SetResult();

        Assert.Equal("The pipeline has no handler for 'test.other': name one where it is registered.", unknown.Message);
        Assert.Equal("'test.double' 1 is pending already: give each pending command an id of its own.", twice.Message);
        Assert.Equal(EffectOutcome.Succeeded, (await executor.NextAsync()).Outcome);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (int seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }
}
