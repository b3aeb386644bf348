namespace Sensing.Configuration;

/// <summary>Options with rules between their values.</summary>
public interface ICheckedOptions
{
    /// <summary>Broken rules; paths are relative to this record, e.g. <c>maxSpeedKmh</c>.</summary>
    IEnumerable<ConfigurationProblem> Check();
}
