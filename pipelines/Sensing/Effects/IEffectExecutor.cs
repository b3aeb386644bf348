namespace Sensing.Effects;

/// <summary>Takes a pipeline's commands. In its <see cref="Streams.StreamContext"/>.</summary>
public interface IEffectExecutor
{
    /// <summary>Starts work and returns at once. Its completion comes back through the pipeline's input, once, with the same id.</summary>
    /// <param name="effect">The kind of work.</param>
    /// <param name="id">Chosen by the pipeline, from its saved state, so that a replay chooses the same. Unique among its pending commands.</param>
    /// <param name="request">What the work needs; belongs to the executor from here on.</param>
    /// <exception cref="InvalidOperationException">The pipeline has no handler for the effect, or the id is pending already.</exception>
    void Submit<TRequest, TResult>(Effect<TRequest, TResult> effect, long id, TRequest request)
        where TRequest : notnull
        where TResult : notnull;
}
