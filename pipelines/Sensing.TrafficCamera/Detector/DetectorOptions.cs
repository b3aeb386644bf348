using Sensing.Configuration;
using Sensing.Vision.Onnx.Detection;

namespace Sensing.TrafficCamera.Detector;

/// <summary>A detection model that helps: which one, and how often it runs.</summary>
public sealed record DetectorOptions : ICheckedOptions
{
    [Option("Name of the model in the model store; 'edge-node camera import-model' brings 'nanodet' and 'centernet'.", Required = true, Min = 1, Example = "\"nanodet\"")]
    public string Model { get; init; } = "";

    [Option("Version of the model (default: none: the newest).", Min = 1)]
    public string? Version { get; init; }

    [Option(
        "The model runs on every n-th frame. While it is busy, a live camera skips frames and a recording waits.", Min = 1, Max = 1000)]
    public int EveryNthFrame { get; init; } = 5;

    [Option(
        "Mean processing time of the model per camera frame, ms: a slower model runs on fewer frames (default: none: unlimited).",
        Above = 0, Max = 60_000)]
    public double? BudgetMs { get; init; }

    [Option("Threads that the model uses.", Min = 1, Max = 64)]
    public int Threads { get; init; } = 1;

    [Option("Score from which an object counts.", Min = 0.01, Max = 0.99)]
    public double MinScore { get; init; } = 0.35;

    [Option("How the model writes its results (default: none: as an imported model's metadata says; required for others).")]
    public DetectorHead? Head { get; init; }

    [Option("Names of the model's classes, in its order (default: those of its metadata, else the 80 of COCO).")]
    public string[] ClassNames { get; init; } = [];

    [Option("Names of classes that are emergency vehicles.")]
    public string[] EmergencyClasses { get; init; } = ["ambulance", "fire engine", "fire truck", "police car", "emergency vehicle"];

    [Option("Order of the input's planes (default: none: as is common for the head).")]
    public ChannelOrder? Channels { get; init; }

    [Option("How the road's part of the picture is fitted into the input (default: none: as is common for the head).")]
    public PictureFit? Fit { get; init; }

    [Option("Subtracted from the planes' values of 0 to 255, in their order (default: as is common for the head).", Max = 3)]
    public double[] Mean { get; init; } = [];

    [Option("What the planes are divided by after that (default: as is common for the head).", Max = 3)]
    public double[] Deviation { get; init; } = [];

    [Option("Width of the input where the model leaves it open, pixels (default: none: the model's).", Min = 32, Max = 4096)]
    public int? InputWidth { get; init; }

    [Option("Height of the input where the model leaves it open, pixels (default: none: the model's).", Min = 32, Max = 4096)]
    public int? InputHeight { get; init; }

    public IEnumerable<ConfigurationProblem> Check()
    {
        if (Mean.Length is not (0 or 3))
        {
            yield return new ConfigurationProblem("mean", $"has {Mean.Length} values: give one for each of the 3 planes, or none");
        }

        if (Deviation.Length is not (0 or 3))
        {
            yield return new ConfigurationProblem("deviation", $"has {Deviation.Length} values: give one for each of the 3 planes, or none");
        }
        else if (Deviation.Any(value => value <= 0))
        {
            yield return new ConfigurationProblem("deviation", "must be above 0 for each plane");
        }
    }
}
