using Sensing.Effects;

namespace Sensing.Streams;

/// <summary>What comes into a pipeline: samples, and completions of the commands that it submitted.</summary>
/// <remarks>Both are driven by one caller, one item at a time, so their order is the order in which items came; a recording keeps it.
/// Completions complete before samples do.</remarks>
public interface IStreamInput<out TSample>
    where TSample : class, ITimed
{
    IObservable<TSample> Samples { get; }

    IObservable<EffectCompletion> Completions { get; }
}
