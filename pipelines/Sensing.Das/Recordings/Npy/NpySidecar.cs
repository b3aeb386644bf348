using System.Text.Json.Nodes;
using Sensing.Configuration;

namespace Sensing.Das.Recordings.Npy;

/// <summary>What a <c>.npy</c> file does not say: <c>name.json</c> beside <c>name.npy</c>.</summary>
public sealed record NpySidecar
{
    [Option("Time of the first sample, ISO 8601 (UTC where it names no offset).", Required = true, Example = "\"2026-01-01T00:00:00Z\"")]
    public string StartTime { get; init; } = "";

    [Option("Time from sample to sample, s.", Required = true, Above = 0, Example = "0.001")]
    public double TimeStepSeconds { get; init; }

    [Option("Distance from channel to channel, m.", Required = true, Above = 0, Example = "1.0")]
    public double ChannelStepM { get; init; }

    [Option("Distance along the fibre of the first channel, m.")]
    public double FirstChannelM { get; init; }

    [Option("Gauge length, m; 0 where it is not known.", Min = 0)]
    public double GaugeLengthM { get; init; }

    [Option("Order of the array's dimensions.", Pattern = "time,distance|distance,time", PatternMeaning = "'time,distance' or 'distance,time'")]
    public string Axes { get; init; } = "time,distance";

    [Option("Unit of the stored number × scale: " + SampleUnit.Known + ".")]
    public string Unit { get; init; } = "1/s";

    [Option("Factor on the stored numbers.")]
    public double Scale { get; init; } = 1;

    private const long MostBytes = 1 << 20;

    /// <summary>Where the sidecar of an array lies.</summary>
    public static string PathOf(string npyPath) => Path.ChangeExtension(npyPath, ".json");

    /// <exception cref="RecordingException">It is not there or not right.</exception>
    internal static NpySidecar Read(string npyPath)
    {
        string path = PathOf(npyPath);
        if (!File.Exists(path))
        {
            throw new RecordingException(
                "incomplete", npyPath, null, $"Its sidecar {Path.GetFileName(path)} is missing.",
                "Write one that tells at least startTime, timeStepSeconds and channelStepM.");
        }

        if (new FileInfo(path).Length > MostBytes)
        {
            throw new RecordingException("wrong-type", path, null, $"The sidecar is longer than {MostBytes >> 10} KiB.", "Write the sidecar that belongs to the array.");
        }

        JsonObject? json = ConfigurationText.Parse(File.ReadAllText(path), out ConfigurationProblem? mistake);
        IReadOnlyList<ConfigurationProblem> problems = [mistake ?? new ConfigurationProblem("", "")];
        NpySidecar? sidecar = null;
        if (json is not null)
        {
            ConfigurationResult<NpySidecar> result = new OptionsBinder(new Streams.StreamCatalogue()).Bind<NpySidecar>(json);
            (sidecar, problems) = (result.Value, result.Problems);
        }

        return sidecar ?? throw new RecordingException(
            "incomplete", path, null, $"The sidecar is not right: {string.Join("; ", problems)}.", "Correct it.");
    }
}
