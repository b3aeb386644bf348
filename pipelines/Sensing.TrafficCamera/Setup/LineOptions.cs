using Sensing.Configuration;

namespace Sensing.TrafficCamera.Setup;

/// <summary>A line across the carriageway.</summary>
public sealed record LineOptions : ICheckedOptions
{
    public LineOptions()
    {
    }

    public LineOptions(PixelPoint from, PixelPoint to)
    {
        From = from;
        To = to;
    }

    [Option("One end, camera pixels.", Required = true)]
    public PixelPoint From { get; init; } = new();

    [Option("The other end, camera pixels.", Required = true)]
    public PixelPoint To { get; init; } = new();

    public IEnumerable<ConfigurationProblem> Check()
    {
        if (Math.Abs(From.X - To.X) < 1 && Math.Abs(From.Y - To.Y) < 1)
        {
            yield return new ConfigurationProblem("to", "must be another point than from: the line has no length");
        }
    }
}
