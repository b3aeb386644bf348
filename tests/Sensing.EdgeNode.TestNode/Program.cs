using Sensing.EdgeNode.Commands;

namespace Sensing.EdgeNode.TestNode;

/// <summary>Entry point of <c>test-node</c>: edge-node's commands over <see cref="NumberCatalogue"/>.</summary>
public static class Program
{
    /// <summary>Names a file of <see cref="SharedNumbers"/> whose first number is how far the node's clock is off, in ticks.</summary>
    public const string ClockVariable = "TEST_NODE_CLOCK";

    public static async Task<int> Main(string[] args)
    {
        if (Environment.GetEnvironmentVariable(ClockVariable) is not { Length: > 0 } file)
        {
            return await EdgeNodeCommand.RunAsync(NumberCatalogue.Modules(), args);
        }

        using var numbers = new SharedNumbers(file);
        return await EdgeNodeCommand.RunAsync(NumberCatalogue.Modules(), args, new SteppedClock(TimeProvider.System, () => TimeSpan.FromTicks(numbers[0])));
    }
}
