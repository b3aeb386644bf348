using Sensing.Das.Figures;
using Sensing.Plots;

namespace Sensing.Benchmarks.Das;

/// <summary>The waterfall of a scored stretch with its tracks, and what was found, missed and falsely reported.</summary>
internal sealed class ScoredPicture(string path, double from, double to)
{
    /// <summary>Pixels to a second: two vehicles a second apart stay two.</summary>
    private const double PixelsPerSecond = 8;

    private readonly RoadFigure _picture = new();

    /// <summary>Rows a second that the chain's tiles must have for it.</summary>
    public const double TileRateHz = 12.5;

    /// <summary>For <see cref="RecordedVehicles.RunAsync"/>.</summary>
    public (RoadFigure Picture, double From, double To) Window => (_picture, from, to);

    /// <param name="title">Line above it.</param>
    /// <param name="marks">Marks, seconds since the recording's start.</param>
    /// <param name="start">Start of the recording.</param>
    /// <exception cref="MeasureException">There is nothing to draw, or the file cannot be written.</exception>
    public void Save(string title, IEnumerable<FigureMark> marks, DateTimeOffset start)
    {
        try
        {
            WaterfallFigure figure = _picture.Draw(title);
            double shift = (figure.StartTime - start).TotalSeconds;
            (figure with
            {
                Width = (int)Math.Clamp((to - from) * PixelsPerSecond, 1400, 6000),
                Height = 900,
                Marks = [.. marks.Select(m => m with { Seconds = m.Seconds - shift })],
            }).Save(path);
        }
        catch (Exception error) when (error is PlotException or IOException or UnauthorizedAccessException)
        {
            throw new MeasureException($"--plot {path}: {error.Message}");
        }
    }
}
