namespace Sensing.CloudIngest.Store;

/// <summary>What has been opened, for the log.</summary>
/// <param name="Layout">How events lie in it.</param>
/// <param name="Advice">What could be had besides, and what to do for it; null where there is nothing to say.</param>
public sealed record OpenedStore(string Layout, string? Advice);
