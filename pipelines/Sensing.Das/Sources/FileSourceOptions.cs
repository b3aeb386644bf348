using Sensing.Configuration;

namespace Sensing.Das.Sources;

/// <summary>Recordings that are named one by one or by a pattern.</summary>
public abstract record FileSourceOptions : RecordingSourceOptions, ICheckedOptions
{
    [Option("Files in order of time; relative ones start at the configuration's folder. A name may hold * and ?; the files that it fits are taken in order of their names.",
        Required = true, Min = 1, Example = "[\"20240507/*.h5\"]")]
    public string[] Files { get; init; } = [];

    public IEnumerable<ConfigurationProblem> Check()
    {
        if (FromM >= ToM)
        {
            yield return new ConfigurationProblem("toM", $"must be above fromM ({FromM})");
        }
    }
}
