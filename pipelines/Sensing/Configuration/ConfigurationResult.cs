namespace Sensing.Configuration;

/// <summary>A bound configuration, or everything that is wrong with it.</summary>
public sealed record ConfigurationResult<T>(T? Value, IReadOnlyList<ConfigurationProblem> Problems)
    where T : class
{
    public bool IsValid => Problems.Count == 0 && Value is not null;
}
