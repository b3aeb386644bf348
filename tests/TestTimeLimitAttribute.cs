using System.Collections.Concurrent;
using System.Reflection;
using Xunit.v3;

[assembly: Sensing.Tests.TestTimeLimit]

namespace Sensing.Tests;

/// <summary>A test that waits for a signal which does not come fails, with its name and the line at which it waited, instead of running for ever.</summary>
/// <remarks>
/// Compiled into every test project. After <see cref="Limit"/> the test's cancellation token is cancelled, so that what it awaits throws;
/// a test that does not listen to its token ends the whole run after another <see cref="Limit"/>, and the message names it.
/// </remarks>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class TestTimeLimitAttribute : BeforeAfterTestAttribute
{
    /// <summary>More than four times what the longest test takes on two cores: twenty kills of the whole, 2.6 minutes.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(12);

    private readonly ConcurrentDictionary<string, ITimer> _running = new();

    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        ITestContext context = TestContext.Current;
        bool cancelled = false;
        _running[test.UniqueID] = TimeProvider.System.CreateTimer(
            _ =>
            {
                if (cancelled)
                {
                    Environment.FailFast($"{test.TestDisplayName} has run for {2 * Limit.TotalMinutes} minutes and does not listen to TestContext.Current.CancellationToken.");
                }

                cancelled = true;
                context.AddWarning($"Cancelled after {Limit.TotalMinutes} minutes: the stack trace tells what it waited for.");
                context.CancelCurrentTest();
            },
            null,
            Limit,
            Limit);
    }

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (_running.TryRemove(test.UniqueID, out ITimer? timer))
        {
            timer.Dispose();
        }
    }
}
