using System.Diagnostics;
using System.Reflection;

namespace Sensing.Tests;

/// <summary>The bound of every test, tried on tests that only run when they are asked for.</summary>
public class TimeLimitTests
{
    private const double OneSecond = 1 / 60.0;
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.FlattenHierarchy;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(typeof(Limited), nameof(Limited.Own), 120)]
    [InlineData(typeof(Limited), nameof(Limited.OfItsClass), 300)]
    [InlineData(typeof(LimitedLonger), nameof(Limited.OfItsClass), 600)]
    [InlineData(typeof(TimeLimitTests), nameof(A_tests_own_limit_comes_first_then_its_class_s_then_60_s), 60)]
    public void A_tests_own_limit_comes_first_then_its_class_s_then_60_s(Type type, string method, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), TimeLimitAttribute.Of(type.GetMethod(method, Any)!, type));

    [Fact]
    [TimeLimit(minutes: 5, reason: "Starts a run of its own, which waits for the processor on a busy machine.")]
    public async Task A_test_beyond_its_limit_is_cancelled_and_says_where_it_waited()
    {
        (int code, string printed) = await RunAsync(nameof(Waits_for_what_never_comes));

        Assert.Equal(1, code);
        Assert.Contains($"{nameof(Waits_for_what_never_comes)} [FAIL]", printed, StringComparison.Ordinal);
        Assert.Contains("Cancelled after 1 s", printed, StringComparison.Ordinal);
        Assert.Contains($"{nameof(TimeLimitTests)}.cs", printed, StringComparison.Ordinal);
    }

    [Fact]
    [TimeLimit(minutes: 5, reason: "Starts a run of its own, which waits for the processor on a busy machine.")]
    public async Task A_test_that_ignores_its_cancellation_ends_the_run_and_is_named()
    {
        (int code, string printed) = await RunAsync(nameof(Ignores_its_cancellation));

        Assert.NotEqual(0, code);
        Assert.Contains($"{nameof(Ignores_its_cancellation)} still runs 5 s after its start", printed, StringComparison.Ordinal);
    }

    [Fact]
    [TimeLimit(minutes: 5, reason: "Starts a run of its own, which waits for the processor on a busy machine.")]
    public async Task A_test_that_is_late_but_finishes_passes()
    {
        (int code, string printed) = await RunAsync(nameof(Finishes_late));

        Assert.Equal(0, code);
        Assert.Contains("Total: 1", printed, StringComparison.Ordinal);
    }

    [Fact(Explicit = true)]
    [TimeLimit(OneSecond, "Must be exceeded.")]
    public async Task Waits_for_what_never_comes() => await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, Cancellation);

    [Fact(Explicit = true)]
    [TimeLimit(OneSecond, "Must be exceeded.")]
    public async Task Ignores_its_cancellation() => await new TaskCompletionSource().Task;

    [Fact(Explicit = true)]
    [TimeLimit(OneSecond, "Must be exceeded.")]
    public async Task Finishes_late()
    {
        var cancelled = new TaskCompletionSource();
        await using CancellationTokenRegistration late = Cancellation.Register(cancelled.SetResult);
        await cancelled.Task;
    }

    /// <summary>Runs one test of this assembly as a run of its own.</summary>
    private static async Task<(int Code, string Printed)> RunAsync(string test)
    {
        using Process run = Process.Start(new ProcessStartInfo(
            "dotnet", [typeof(TimeLimitTests).Assembly.Location, "-noColor", "-explicit", "only", "-method", $"{typeof(TimeLimitTests).FullName}.{test}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> errors = run.StandardError.ReadToEndAsync(Cancellation);
        string printed = await run.StandardOutput.ReadToEndAsync(Cancellation) + await errors;
        await run.WaitForExitAsync(Cancellation);
        TestContext.Current.TestOutputHelper?.WriteLine(printed);
        return (run.ExitCode, printed);
    }

    [TimeLimit(minutes: 5, reason: "A sample.")]
    private class Limited
    {
        [TimeLimit(minutes: 2, reason: "A sample.")]
        public static void Own()
        {
        }

        public static void OfItsClass()
        {
        }
    }

    [TimeLimit(minutes: 10, reason: "A sample.")]
    private sealed class LimitedLonger : Limited;
}
