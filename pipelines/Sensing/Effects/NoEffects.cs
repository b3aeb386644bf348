namespace Sensing.Effects;

/// <summary>The executor where none is given: refuses every command with an error that names it.</summary>
public sealed class NoEffects : IEffectExecutor
{
    public static NoEffects Instance { get; } = new();

    public void Submit<TRequest, TResult>(Effect<TRequest, TResult> effect, long id, TRequest request)
        where TRequest : notnull
        where TResult : notnull => throw new InvalidOperationException(
            $"'{effect.Name}' cannot run: this stream has no executor. Run the pipeline with a PipelineRun that has handlers.");
}
