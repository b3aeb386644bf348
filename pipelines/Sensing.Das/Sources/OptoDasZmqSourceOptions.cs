using Sensing.Configuration;
using Sensing.Das.Recordings;
using Sensing.Das.Recordings.OptoDas;
using Sensing.Das.Sources.Live;

namespace Sensing.Das.Sources;

/// <summary>The live stream of an OptoDAS interrogator.</summary>
public sealed record OptoDasZmqSourceOptions : ICheckedOptions
{
    [Option("Where the interrogator publishes its stream: tcp://host:port, the host by name or address ([…] around one of IPv6).",
        Required = true, Pattern = "tcp://.+:[0-9]+", PatternMeaning = "tcp://host:port", Example = "\"tcp://optodas.example:5557\"")]
    public string Endpoint { get; init; } = "";

    [Option("Unit of the sent number × scale: rad/m/s or rad/m, with a sensitivity, or one of " + SampleUnit.Known + ". The stream itself does not tell.",
        Required = true, Min = 1, Example = "\"rad/m/s\"")]
    public string Unit { get; init; } = "";

    [Option("Factor on the sent numbers, not 0: the interrogator's dataScale. The stream itself does not tell.", Required = true, Example = "5e-6")]
    public double Scale { get; init; }

    [Option("Sensitivity by which a phase becomes strain, rad/(m·strain), as the interrogator's recordings tell it; for rad/m/s and rad/m.", Above = 0, Example = "9.36e6")]
    public double? Sensitivity { get; init; }

    [Option("Gauge length, m, as set on the interrogator; 0 where it is not known. Neighbouring channels share it, which the speed's standard error takes into account. The stream itself does not tell.", Min = 0)]
    public double GaugeLengthM { get; init; }

    [Option("Which region of interest is used, counted from 0 as the interrogator's roiTable lists them (default: the only one, or all where they join evenly).", Min = 0)]
    public int? Region { get; init; }

    [Option("Only channels from this distance on are used, m (default: the first).")]
    public double? FromM { get; init; }

    [Option("Only channels up to this distance are used, m (default: the last).")]
    public double? ToM { get; init; }

    [Option("Length of the blocks that are handed on, s: whole messages, so a longer message is a longer block. The results do not depend on it.", Min = 0.01, Max = 60)]
    public double BlockSeconds { get; init; } = 0.5;

    [Option("Silence after which the interrogator is said to be away, s. The stream waits on, and connects by itself once it is there again.", Min = 0.1, Max = 3600)]
    public double AwaySeconds { get; init; } = 5;

    [Option("Messages that may wait in the socket while this program has no time; when it is full, the interrogator drops what follows, which is told as a gap.", Min = 1, Max = 100_000)]
    public int BufferedMessages { get; init; } = 100;

    /// <summary>Sent number × this = strain rate in 1/s, or strain; null where the options are not right.</summary>
    internal SampleUnit? Conversion => OptoDasUnit.PerSensitivity(Unit) is { } divided
        ? Sensitivity is { } sensitivity ? SampleUnit.Of(divided)! with { Factor = Scale / sensitivity } : null
        : SampleUnit.Of(Unit) is { } known ? known with { Factor = Scale * known.Factor } : null;

    public IEnumerable<ConfigurationProblem> Check()
    {
        if (ZmqEndpoint.Parse(Endpoint) is null)
        {
            yield return new ConfigurationProblem("endpoint", $"must be tcp://host:port with a port from 1 to 65535, not '{Endpoint}'");
        }

        bool phase = OptoDasUnit.PerSensitivity(Unit) is not null;
        if (!phase && SampleUnit.Of(Unit) is null)
        {
            yield return new ConfigurationProblem("unit", $"'{Unit}' is not known (known: rad/m/s, rad/m, {SampleUnit.Known})");
        }
        else if (phase && Sensitivity is null)
        {
            yield return new ConfigurationProblem("sensitivity", $"is missing: {Unit} becomes strain by it");
        }
        else if (!phase && Sensitivity is not null)
        {
            yield return new ConfigurationProblem("sensitivity", $"goes with the units rad/m/s and rad/m alone, not with {Unit}");
        }

        if (Scale == 0)
        {
            yield return new ConfigurationProblem("scale", "must not be 0");
        }

        if (FromM >= ToM)
        {
            yield return new ConfigurationProblem("toM", $"must be above fromM ({FromM})");
        }
    }
}
