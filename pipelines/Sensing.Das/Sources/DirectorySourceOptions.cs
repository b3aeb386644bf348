using Sensing.Configuration;
using Sensing.Das.Recordings.Described;

namespace Sensing.Das.Sources;

/// <summary>A folder into which an interrogator drops files.</summary>
public sealed record DirectorySourceOptions : RecordingSourceOptions, ICheckedOptions
{
    [Option("Folder; a relative one starts at the configuration's folder.", Required = true, Min = 1, Example = "\"/data/das\"")]
    public string Directory { get; init; } = "";

    [Option("Endings of the files that are read, in the order of their paths below the folder, which must be the order of time. Others, such as .tmp, are left alone.", Min = 1)]
    public string[] Endings { get; init; } = [".h5", ".hdf5", ".npy"];

    [Option("Look into folders below, too.")]
    public bool Recursive { get; init; } = true;

    [Option("Where the values lie in HDF5 files. Left out, the format is recognised.")]
    public Hdf5Layout? Layout { get; init; }

    [Option("Time between looks into the folder, s.", Min = 0.05, Max = 600)]
    public double PollSeconds { get; init; } = 0.5;

    [Option("A file is taken for written once it has not changed for this long and is as long as its header says, s.", Min = 0, Max = 600)]
    public double SettleSeconds { get; init; } = 1;

    [Option("A file that stays shorter than its header says is read as it is after this long, s; what is missing in it is reported.", Min = 1, Max = 86_400)]
    public double GiveUpSeconds { get; init; } = 60;

    public IEnumerable<ConfigurationProblem> Check()
    {
        if (FromM >= ToM)
        {
            yield return new ConfigurationProblem("toM", $"must be above fromM ({FromM})");
        }

        if (GiveUpSeconds <= SettleSeconds)
        {
            yield return new ConfigurationProblem("giveUpSeconds", $"must be above settleSeconds ({SettleSeconds})");
        }
    }
}
