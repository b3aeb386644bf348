namespace Sensing.EdgeNode.Streams;

/// <summary>A live source ended without having been asked to: it is opened again.</summary>
public sealed class LiveSourceEndedException() : Exception("The live source has ended.");
