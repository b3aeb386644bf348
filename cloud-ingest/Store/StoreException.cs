namespace Sensing.CloudIngest.Store;

/// <summary>The store cannot be used as it is; the message says where and what to do.</summary>
public sealed class StoreException(string message, Exception? inner = null) : Exception(message, inner);
