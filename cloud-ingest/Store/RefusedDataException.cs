namespace Sensing.CloudIngest.Store;

/// <summary>The store refuses an append for what is in its records; nothing was written. The same again will be refused again, so whoever
/// appends parts the records until the culprit is alone (<see cref="StoreCommits"/>).</summary>
public sealed class RefusedDataException(string message, Exception? inner = null) : Exception(message, inner);
