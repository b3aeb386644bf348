using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using Xunit.v3;

[assembly: Sensing.Tests.TestTimeLimit]

namespace Sensing.Tests;

/// <summary>A test that waits for a signal which does not come fails, with its name and the line at which it waited, instead of running for ever.</summary>
/// <remarks>
/// Compiled into every test project. After its limit (<see cref="TimeLimitAttribute"/>) the test's cancellation token is cancelled, so that
/// what it awaits throws. A test that does not listen to its token may still finish; if it has not after another four limits, at most
/// five minutes, the whole run ends and the message names it.
/// </remarks>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class TestTimeLimitAttribute : BeforeAfterTestAttribute
{
    private static readonly TimeSpan LongestGrace = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, ITimer> _running = new();

    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        ITestContext context = TestContext.Current;
        TimeSpan limit = TimeLimitAttribute.Of(methodUnderTest, test.TestCase.TestMethod.TestClass.Class);
        TimeSpan grace = 4 * limit < LongestGrace ? 4 * limit : LongestGrace;
        bool cancelled = false;
        _running[test.UniqueID] = TimeProvider.System.CreateTimer(
            _ =>
            {
                if (cancelled)
                {
                    Environment.FailFast($"{test.TestDisplayName} still runs {Text(limit + grace)} after its start and does not listen to TestContext.Current.CancellationToken.");
                }

                cancelled = true;
                context.AddWarning($"Cancelled after {Text(limit)}: the stack trace shows what it waited for. A test that needs longer says so with [TimeLimit].");
                context.CancelCurrentTest();
            },
            null,
            limit,
            grace);
    }

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (_running.TryRemove(test.UniqueID, out ITimer? timer))
        {
            timer.Dispose();
        }
    }

    private static string Text(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s");
}
