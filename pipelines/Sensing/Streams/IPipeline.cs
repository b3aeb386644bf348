using Sensing.Events;

namespace Sensing.Streams;

/// <summary>Samples in, events out: a chain of named Rx operators.</summary>
/// <remarks>
/// What must hold (every pipeline joins the conformance suite):
/// <list type="bullet">
/// <item>Pure: no wall clock, no static state. Events depend on samples and completions alone, not on how samples are cut into
/// blocks or how fast they come. Events of an item are yielded while its <c>OnNext</c> runs.</item>
/// <item><see cref="IResumable"/>: saved between two items and loaded into a new pipeline of the same options, it resumes as if it
/// had never stopped, byte for byte.</item>
/// <item>It never waits. Long work (a DNN, a call to the cloud) is a command to <see cref="StreamContext.Effects"/>; its completion
/// comes back as one more timed sample of the input, once for every command, whatever became of it. Ids of commands come from
/// saved state. A run whose completions were recorded replays byte for byte.</item>
/// <item>One that holds native memory is <see cref="IDisposable"/>; who runs it disposes it.</item>
/// <item>The chain is subscribed once. <c>OnCompleted</c> yields what was still undecided at the end of a recording; a command
/// submitted then is not completed.</item>
/// </list>
/// </remarks>
public interface IPipeline<TSample> : IResumable
    where TSample : class, ITimed
{
    IObservable<SensorEvent> Connect(IStreamInput<TSample> input);
}
