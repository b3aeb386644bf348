namespace Sensing.EdgeNode.Publishing;

/// <summary>How the way to the broker is at the moment.</summary>
/// <param name="Connected">Whether there is a connection.</param>
/// <param name="Delivered">Events that the broker has taken since the start.</param>
/// <param name="Problem">Why events wait; null where they do not.</param>
public sealed record PublisherState(bool Connected, long Delivered, string? Problem);
