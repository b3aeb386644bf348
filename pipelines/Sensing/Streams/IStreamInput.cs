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

    /// <summary>While a live source yields nothing: how long it has, about every second. A recording is never silent.</summary>
    /// <remarks>For what must be reported although no sample comes, such as a dead sensor. The same event must follow from the next sample
    /// where there was no silence to see, with the same time, so that a recording of the samples replays it.</remarks>
    IObservable<TimeSpan> Silences { get; }
}
