using System.Reflection;

namespace Sensing.Tests;

/// <summary>How long a test, or each test of a class, may take where <see cref="Default"/> is too short.</summary>
/// <remarks>The bound is for a machine that other work shares: several times what the test takes on two idle cores.</remarks>
/// <param name="minutes">The bound, more than 0.</param>
/// <param name="reason">What takes so long, and how long on an idle machine.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class TimeLimitAttribute(double minutes, string reason) : Attribute
{
    /// <summary>The bound of a test that names none.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromSeconds(60);

    public TimeSpan Limit { get; } = TimeSpan.FromMinutes(minutes);

    public string Reason { get; } = reason;

    /// <summary>The bound of <paramref name="method"/> as a test of <paramref name="testClass"/>: its own, else that of the class, else the default.</summary>
    /// <remarks>A class that inherits its tests from a contract may have a bound of its own.</remarks>
    public static TimeSpan Of(MethodInfo method, Type testClass) =>
        (method.GetCustomAttribute<TimeLimitAttribute>() ?? testClass.GetCustomAttribute<TimeLimitAttribute>())?.Limit ?? Default;
}
