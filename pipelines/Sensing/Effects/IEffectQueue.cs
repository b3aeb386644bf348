using System.Diagnostics.CodeAnalysis;

namespace Sensing.Effects;

/// <summary>An executor as the run that drives a pipeline sees it: commands go in, completions come out.</summary>
/// <remarks>Commands are submitted and completions are taken on one thread, the pipeline's.</remarks>
public interface IEffectQueue : IEffectExecutor, IAsyncDisposable
{
    /// <summary>Commands whose completion has not been taken, in the order of their submission.</summary>
    IReadOnlyCollection<PendingEffect> Pending { get; }

    /// <summary>More commands may be submitted without one being refused, or without the queue growing beyond its bound.</summary>
    bool HasRoom { get; }

    /// <summary>Takes over commands that were pending when an earlier run was saved.</summary>
    void Restore(IEnumerable<PendingEffect> pending);

    /// <summary>Takes the next completion that enters the input at <paramref name="now"/>.</summary>
    /// <exception cref="EffectRecordingException">A recording does not belong to this run.</exception>
    bool TryTake(StreamPosition now, [NotNullWhen(true)] out EffectCompletion? completion);

    /// <summary>Waits until there may be something to take.</summary>
    /// <returns>False where nothing more will come unless more samples do.</returns>
    Task<bool> WaitAsync(CancellationToken cancellation);

    /// <summary>The samples have ended at <paramref name="now"/>.</summary>
    /// <exception cref="EffectRecordingException">A recording holds completions that this run did not come to.</exception>
    void EndOfSamples(StreamPosition now);
}
