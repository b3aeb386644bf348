using Sensing.Streams;

namespace Sensing.Effects;

/// <summary>The end of a command, as it comes back to the pipeline: one more timed sample of its input.</summary>
/// <remarks>Every command that a pipeline submits is completed once, also across a restart of the program.</remarks>
public sealed record EffectCompletion : ITimed
{
    /// <summary>Name of the effect, see <see cref="Effect{TRequest, TResult}"/>.</summary>
    public required string Effect { get; init; }

    /// <summary>The id under which the pipeline submitted the command.</summary>
    public required long Id { get; init; }

    /// <summary>Sensor time at which it enters the pipeline: the end of the samples that came before it.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Zero: a completion is an instant.</summary>
    public TimeSpan Duration => TimeSpan.Zero;

    public required EffectOutcome Outcome { get; init; }

    /// <summary>How long the command ran, by the node's clock; zero where it did not.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The result as UTF-8 JSON; empty unless <see cref="EffectOutcome.Succeeded"/>. <see cref="Effect{TRequest, TResult}.Read"/> reads it.</summary>
    public ReadOnlyMemory<byte> Result { get; init; }

    /// <summary>Why there is no result; null where there is one.</summary>
    public string? Problem { get; init; }
}
