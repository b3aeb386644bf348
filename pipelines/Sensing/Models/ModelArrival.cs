namespace Sensing.Models;

/// <summary>What became of a model that was announced to a store.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Digest">SHA-256 that was announced.</param>
/// <param name="IsFetched">True: the store has it. False: it was refused.</param>
/// <param name="Reason">From where it came, or why it was refused; for a person.</param>
public sealed record ModelArrival(string Name, string Version, string Digest, bool IsFetched, string Reason);
