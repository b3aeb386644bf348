namespace Sensing.Steps;

/// <summary>What flows between two steps of the chain: an item, or a break after which nothing joins what came before.</summary>
/// <param name="Item">The item; default at a break.</param>
/// <param name="IsBreak">A gap, a jump of the clock, other channels, or the end of the recording.</param>
public readonly record struct Signal<T>(T? Item, bool IsBreak)
{
    public static Signal<T> Break => new(default, true);

    public static Signal<T> Of(T item) => new(item, false);
}
