using Sensing.Configuration;

namespace Sensing.Marine;

/// <summary>Anchor watch: an alarm where own ship leaves a circle.</summary>
public sealed record AnchorOptions : ICheckedOptions
{
    [Option("Radius of the circle, m: length of chain and ship, and the error of the position.", Min = 5, Max = 2000)]
    public double RadiusM { get; init; } = 50;

    [Option("Where the anchor lies, ° north (default: where own ship is when the watch begins).", Min = -90, Max = 90, Example = "54.323")]
    public double? Latitude { get; init; }

    [Option("Where the anchor lies, ° east (default: where own ship is when the watch begins).", Min = -180, Max = 180, Example = "10.151")]
    public double? Longitude { get; init; }

    public IEnumerable<ConfigurationProblem> Check()
    {
        if (Latitude is null != Longitude is null)
        {
            yield return new ConfigurationProblem(
                Latitude is null ? "latitude" : "longitude", "must be given together with the other one, or both left out");
        }
    }
}
