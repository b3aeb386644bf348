namespace Sensing.Effects;

/// <summary>A command that has not been completed.</summary>
/// <param name="Effect">Name of the effect.</param>
/// <param name="Id">The pipeline's id of the command.</param>
public readonly record struct PendingEffect(string Effect, long Id);
