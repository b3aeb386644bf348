namespace Sensing.CloudInference;

/// <summary>A request that the endpoint cannot serve by its deadline.</summary>
/// <param name="expected">The time that it would take.</param>
/// <param name="left">The time that there is.</param>
public sealed class DeadlineRefusedException(TimeSpan expected, TimeSpan left) : Exception(FormattableString.Invariant(
    $"It would take {expected.TotalMilliseconds:0.#} ms, and {Math.Max(0, left.TotalMilliseconds):0.#} ms are left to its deadline."))
{
    public TimeSpan Expected { get; } = expected;
}
