using Sensing.Events;

namespace Sensing.Streams;

/// <summary>Samples in, events out: a chain of named Rx operators.</summary>
/// <remarks>
/// What must hold: pure (no wall clock, no static state); events depend on the samples alone, not on how they are cut into
/// blocks or how fast they come; events of a block are yielded while its <c>OnNext</c> runs. <see cref="IResumable"/>: saved
/// between two blocks and loaded into a new pipeline of the same options, it goes on as if it had never stopped, byte for byte.
/// The chain is subscribed once. <c>OnCompleted</c> yields what was still undecided at the end of a recording.
/// </remarks>
public interface IPipeline<TSample> : IResumable
    where TSample : class, ITimed
{
    IObservable<SensorEvent> Connect(IObservable<TSample> samples);
}
