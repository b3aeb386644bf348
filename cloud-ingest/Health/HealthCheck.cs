namespace Sensing.CloudIngest.Health;

/// <summary>One part's answer.</summary>
/// <param name="Name">The part.</param>
/// <param name="Problem">What is wrong with it and what to do; null where it works.</param>
public sealed record HealthCheck(string Name, string? Problem)
{
    /// <summary>What a person should look at although the part works; null where there is nothing.</summary>
    public string? Warning { get; init; }
}
