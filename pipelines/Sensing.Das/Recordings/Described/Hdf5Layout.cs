using Sensing.Configuration;

namespace Sensing.Das.Recordings.Described;

/// <summary>Where the samples and what describes them lie in an HDF5 file that is of no format of its own.</summary>
/// <remarks>A value is given as such, or as where it is in the file: <c>@dt</c> is an attribute of the root,
/// <c>/strain_rate@scale</c> one of a group or a dataset, <c>/Metadata/Timestamp</c> a small dataset.</remarks>
public sealed record Hdf5Layout : ICheckedOptions
{
    [Option("Path of the two-dimensional dataset with the samples.", Required = true, Min = 1, Example = "\"/strain_rate\"")]
    public string Dataset { get; init; } = "";

    [Option("Order of the dataset's dimensions: 'time,distance' or 'distance,time', or where the file says it.", Example = "\"/strain_rate@axes\"")]
    public string Axes { get; init; } = "time,distance";

    [Option("Time from sample to sample, s, or where it is. Give this or sampleRateHz.", Example = "\"@dt\"")]
    public string? TimeStepSeconds { get; init; }

    [Option("Samples per second, Hz, or where it is.", Example = "\"/Acoustic@SamplingFrequency[Hz]\"")]
    public string? SampleRateHz { get; init; }

    [Option("Distance from channel to channel, m, or where it is.", Required = true, Example = "\"@dx\"")]
    public string ChannelStepM { get; init; } = "";

    [Option("Distance along the fibre of the first channel, m, or where it is.", Example = "\"/DAQ/PositionStart\"")]
    public string FirstChannelM { get; init; } = "0";

    [Option("Gauge length, m, or where it is; 0 where it is not known.", Example = "\"/ProcessingServer/GaugeLength\"")]
    public string GaugeLengthM { get; init; } = "0";

    [Option("Stored number × scale = the quantity in its SI unit (strain rate in 1/s, strain in m/m); or where it is.", Example = "\"/strain_rate@scale\"")]
    public string Scale { get; init; } = "1";

    [Option("Unit of the scaled numbers, or where it is (absent: the SI unit of 'quantity'). Known: " + SampleUnit.Known + ".", Example = "\"/strain_rate@unit\"")]
    public string? Unit { get; init; }

    [Option("What the scaled numbers are, where no unit is given.")]
    public RecordedQuantity Quantity { get; init; } = RecordedQuantity.StrainRate;

    [Option("Time of the first sample: ISO 8601 (UTC where it names no offset), or where the file says it, as ISO 8601 or as a number.", Required = true, Example = "\"@start_time\"")]
    public string StartTime { get; init; } = "";

    [Option("Unit of a start time that is a number, counted from 1970-01-01 UTC, s (1e-6 for microseconds).", Above = 0)]
    public double StartTimeUnitSeconds { get; init; } = 1;

    /// <summary>What <see cref="Hdf5RecordingWriter"/> writes, and what is read without any layout being given.</summary>
    public static Hdf5Layout StrainRateFile { get; } = new()
    {
        Dataset = "/strain_rate",
        Axes = "/strain_rate@axes",
        TimeStepSeconds = "@dt",
        ChannelStepM = "@dx",
        FirstChannelM = "@first_channel",
        GaugeLengthM = "@gauge_length",
        Scale = "/strain_rate@scale",
        StartTime = "@start_time",
    };

    public IEnumerable<ConfigurationProblem> Check()
    {
        if (TimeStepSeconds is null == SampleRateHz is null)
        {
            yield return new ConfigurationProblem("timeStepSeconds", "or sampleRateHz must be given, and not both");
        }
    }
}
