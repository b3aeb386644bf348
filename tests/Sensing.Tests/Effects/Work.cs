using System.Text.Json.Serialization;
using Microsoft.Extensions.Time.Testing;
using Sensing.Effects;

namespace Sensing.Tests.Effects;

/// <summary>An effect that doubles a number, and its executor.</summary>
internal static class Work
{
    public static readonly Effect<Request, Answer> Double = new("test.double", WorkJson.Default.Answer);

    public static readonly StreamPosition Now = new(new DateTimeOffset(2026, 1, 1, 0, 0, 5, TimeSpan.Zero), 1);

    public static EffectExecutor Executor(
        TimeProvider time, Func<Request, CancellationToken, Task<Answer>> run, int concurrency = 1, EffectLimits? limits = null, bool refuses = true,
        object? owner = null) =>
        new(new EffectHandlers().Add(Double, run, concurrency, owner), limits ?? EffectLimits.Default, refuses, time);

    /// <summary>The next completion, once it is there.</summary>
    public static async Task<EffectCompletion> NextAsync(this IEffectQueue queue)
    {
        EffectCompletion? completion;
        while (!queue.TryTake(Now, out completion))
        {
            Assert.True(await queue.WaitAsync(TestContext.Current.CancellationToken), "Nothing is pending.");
        }

        return completion;
    }

    /// <summary>Advances the clock until something that a timer ends has ended: the timer may be made only after the first step.</summary>
    public static async Task AdvanceUntilAsync(this FakeTimeProvider time, Task ended, TimeSpan step)
    {
        while (!ended.IsCompleted)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            time.Advance(step);
            await Task.Yield();
        }

        await ended;
    }
}

/// <summary>A request that notes its disposal.</summary>
internal sealed class Request(int number) : IDisposable
{
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _disposals;

    public int Number { get; } = number;

    public int Disposals => Volatile.Read(ref _disposals);

    /// <summary>Ends with the first disposal.</summary>
    public Task Disposed => _disposed.Task;

    public void Dispose()
    {
        Interlocked.Increment(ref _disposals);
        _disposed.TrySetResult();
    }
}

internal sealed record Answer(int Number);

[JsonSerializable(typeof(Answer))]
internal sealed partial class WorkJson : JsonSerializerContext;
