namespace Sensing.Effects;

/// <summary>Bounds of a stream's long work.</summary>
public sealed record EffectLimits
{
    public static EffectLimits Default { get; } = new();

    /// <summary>Commands that may be pending (default: 256). One more is completed as <see cref="EffectOutcome.Refused"/>.</summary>
    public int MaxPending { get; init; } = 256;

    /// <summary>Time that a command may take, waiting for its turn included (default: 60 s). Then it is completed as <see cref="EffectOutcome.TimedOut"/>.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);
}
