using Sensing.Configuration;

namespace Sensing.Marine.Impacts;

/// <summary>Impacts on a vessel from an inertial sensor.</summary>
public sealed record ImpactOptions
{
    [Option("Name of the classifier in the model store; 'impacts' comes with the program, 'edge-node marine train' makes others.", Min = 1)]
    public string Model { get; init; } = "impacts";

    [Option("Version of the classifier (default: none: the newest, and newer ones once they have proved themselves in shadow).", Min = 1)]
    public string? Version { get; init; }

    [Option("Probability of an impact from which there is an alarm. Impacts are far rarer at sea than in training: hence the high default.", Min = 0.5, Max = 0.999)]
    public double AlarmProbability { get; init; } = 0.97;

    [Option("Windows that a newer classifier sees in shadow before it decides, and over which it must keep up once it does.", Min = 5, Max = 10000)]
    public int ShadowWindows { get; init; } = 30;

    [Option("Bytes of motions that are sent each hour for training, those first that the classifier is least sure of; 0: none.", Min = 0, Max = 10_000_000)]
    public int UploadBytesPerHour { get; init; }

    [Option("The records of impacts hold their motion.")]
    public bool Trace { get; init; } = true;
}
