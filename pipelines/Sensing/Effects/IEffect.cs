namespace Sensing.Effects;

/// <summary>A kind of long work, without its types.</summary>
public interface IEffect
{
    /// <summary>Unique within a pipeline; part of recordings.</summary>
    string Name { get; }
}
