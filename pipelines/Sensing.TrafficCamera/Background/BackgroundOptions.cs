using Sensing.Configuration;

namespace Sensing.TrafficCamera.Background;

/// <summary>The background model. One set of values serves every camera: lengths are in pixels at a picture width of 320.</summary>
public sealed record BackgroundOptions : ICheckedOptions
{
    [Option("Smallest luma difference from the background that counts, of 255.", Min = 2, Max = 60)]
    public double LumaThreshold { get; init; } = 14;

    [Option("Smallest chroma difference from the background that counts, of 255.", Min = 2, Max = 60)]
    public double ChromaThreshold { get; init; } = 8;

    [Option("Thresholds of a restless pixel (leaves, sensor noise), in its own mean absolute deviations.", Min = 1, Max = 10)]
    public double NoiseFactor { get; init; } = 4;

    [Option(
        "Lightest cast shadow: share of the road's luma that remains. Where the scene's own shadows are seen to be lighter, their range "
        + "replaces this value and darkestShadow.",
        Above = 0, Max = 1)]
    public double LightestShadow { get; init; } = 0.65;

    [Option("Darkest cast shadow away from vehicles. Below it, what is dark may as well be a vehicle.", Min = 0, Max = 1)]
    public double DarkestShadow { get; init; } = 0.4;

    [Option("Darkest cast shadow below and beside vehicles, where little skylight reaches.", Min = 0, Max = 1)]
    public double DarkestUmbra { get; init; } = 0.03;

    [Option("Largest difference of each chroma component between road in shadow and road in light, of 255.", Min = 1, Max = 30)]
    public double ShadowChroma { get; init; } = 8;

    [Option("Contrast within 3 × 3 pixels that shadowed road does not show, of 255; the background's own is subtracted.", Min = 1, Max = 100)]
    public double EdgeContrast { get; init; } = 10;

    [Option("Distance from unchanged road from which an edge is a vehicle's own and not that of its shadow, pixels.", Min = 0, Max = 20)]
    public double EdgeInside { get; init; } = 3;

    [Option("Share of a blob that must show a vehicle for its dark rest to be its shadow; below it the whole blob is a dark vehicle.", Min = 0, Max = 1)]
    public double VehicleShare { get; init; } = 0.6;

    [Option("Width of a vehicle's rim that is given back to it after shadows were cut off, pixels.", Min = 0, Max = 20)]
    public double Rim { get; init; } = 4;

    [Option("Half the widest gap between parts of a vehicle, pixels.", Min = 0, Max = 20)]
    public double CloseRadius { get; init; } = 3;

    [Option("Half the thickness up to which foreground is too thin for a vehicle and is removed, pixels.", Min = 0, Max = 20)]
    public double OpenRadius { get; init; } = 1;

    [Option("Smallest vehicle, share of the picture's area.", Min = 0, Max = 0.05)]
    public double SmallestVehicle { get; init; } = 0.0003;

    [Option("Time constant at which the background follows slow changes, s.", Min = 0.2, Max = 60)]
    public double AdaptSeconds { get; init; } = 2;

    [Option("Until something has been the background of a pixel for so long, whatever is seen longer replaces it, s.", Min = 0.5, Max = 60)]
    public double StartSeconds { get; init; } = 4;

    [Option("How long a vehicle stands until it becomes background, s: longer than the longest red and its queue.", Min = 30, Max = 480)]
    public double AbsorbSeconds { get; init; } = 300;

    [Option("Largest shift of a shaking camera, share of the picture's width; a larger one is not compensated.", Min = 0, Max = 0.1)]
    public double LargestShake { get; init; } = 0.04;

    public IEnumerable<ConfigurationProblem> Check()
    {
        if (DarkestUmbra > DarkestShadow)
        {
            yield return new ConfigurationProblem("darkestUmbra", $"must not be above darkestShadow ({DarkestShadow})");
        }

        if (DarkestShadow >= LightestShadow)
        {
            yield return new ConfigurationProblem("darkestShadow", $"must be below lightestShadow ({LightestShadow})");
        }
    }
}
