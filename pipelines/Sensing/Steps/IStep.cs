using Sensing.Streams;

namespace Sensing.Steps;

/// <summary>One step of the chain: a pure function of its input and its own state.</summary>
/// <remarks>State moves with samples, never with calls: however the input is cut, the same output comes out.</remarks>
public interface IStep<in TIn, out TOut> : IResumable
{
    /// <summary>Takes one item; yields what it makes certain.</summary>
    void Next(TIn item, Action<TOut> emit);

    /// <summary>Yields what was undecided and forgets what the break cuts off; what was learnt of the site stays.</summary>
    void Break(Action<TOut> emit);
}
