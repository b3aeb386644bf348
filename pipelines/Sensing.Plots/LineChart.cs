using ScottPlot;

namespace Sensing.Plots;

/// <summary>Lines with markers over a common axis.</summary>
public sealed record LineChart : Figure
{
    public required IReadOnlyList<ChartSeries> Series { get; init; }

    /// <summary>Horizontal axis with its unit.</summary>
    public required string PlaceLabel { get; init; }

    /// <summary>Vertical axis with its unit.</summary>
    public required string ValueLabel { get; init; }

    /// <summary>Mark every value (default); off for long runs.</summary>
    public bool ShowMarkers { get; init; } = true;

    /// <summary>Draw no lines: a scatter of points.</summary>
    public bool PointsOnly { get; init; }

    /// <summary>The vertical axis begins at 0.</summary>
    public bool FromZero { get; init; }

    protected override void Fill(Plot plot)
    {
        for (int s = 0; s < Series.Count; s++)
        {
            ChartSeries series = Series[s];
            if (series.Places.Count != series.Values.Count)
            {
                throw new PlotException($"The series '{series.Name}' has {series.Values.Count} values at {series.Places.Count} places.");
            }

            Color colour = PlotPalette.Colour(s);
            if (series.Errors.Count == series.Values.Count && series.Errors.Count > 0)
            {
                ScottPlot.Plottables.ErrorBar errors = plot.Add.ErrorBar([.. series.Places], [.. series.Values], [.. series.Errors]);
                errors.Color = colour.WithAlpha(0.6);
                errors.CapSize = 4;
            }

            ScottPlot.Plottables.Scatter line = plot.Add.Scatter(series.Places.ToArray(), series.Values.ToArray());
            line.Color = colour;
            line.LineWidth = PointsOnly ? 0 : 2;
            line.MarkerShape = PlotPalette.Marker(s);
            line.MarkerSize = PointsOnly || ShowMarkers ? 8 : 0;
            line.LegendText = series.Name;
        }

        plot.XLabel(PlaceLabel);
        plot.YLabel(ValueLabel);
        plot.Axes.AutoScale();
        if (FromZero)
        {
            plot.Axes.SetLimitsY(0, plot.Axes.GetLimits().Top);
        }

        if (Series.Count > 1)
        {
            plot.ShowLegend(Edge.Right);
        }
    }
}
