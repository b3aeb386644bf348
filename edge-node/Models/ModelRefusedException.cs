namespace Sensing.EdgeNode.Models;

/// <summary>A model that is not fetched: says why.</summary>
/// <param name="reason">For a person.</param>
/// <param name="isFinal">False: it is tried again with the next announcement.</param>
internal sealed class ModelRefusedException(string reason, bool isFinal) : Exception(reason)
{
    public bool IsFinal { get; } = isFinal;
}
