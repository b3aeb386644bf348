namespace Sensing.CloudIngest.Health;

/// <summary>One part's answer.</summary>
/// <param name="Name">The part.</param>
/// <param name="Problem">What is wrong with it and what to do; null where it works.</param>
public sealed record HealthCheck(string Name, string? Problem);
