using ScottPlot;
using ScottPlot.TickGenerators;

namespace Sensing.Plots;

/// <summary>Bars in groups: a group for each category, a bar for each series.</summary>
public sealed record BarChart : Figure
{
    private const double GroupWidth = 0.82;

    public required IReadOnlyList<string> Categories { get; init; }

    public required IReadOnlyList<ChartSeries> Series { get; init; }

    /// <summary>What the bars measure, with its unit.</summary>
    public required string ValueLabel { get; init; }

    /// <summary>What the categories are; may be empty.</summary>
    public string CategoryLabel { get; init; } = "";

    /// <summary>.NET format of the number above each bar, e.g. <c>0.00</c>; null for none.</summary>
    public string? ValueFormat { get; init; }

    /// <summary>Top of the value axis; null: as the data need.</summary>
    public double? Most { get; init; }

    protected override void Fill(Plot plot)
    {
        foreach (ChartSeries series in Series)
        {
            if (series.Values.Count != Categories.Count)
            {
                throw new PlotException($"The series '{series.Name}' has {series.Values.Count} values for {Categories.Count} categories.");
            }
        }

        double width = GroupWidth / Math.Max(1, Series.Count);
        for (int s = 0; s < Series.Count; s++)
        {
            var bars = new List<Bar>();
            for (int c = 0; c < Categories.Count; c++)
            {
                double value = Series[s].Values[c];
                if (!double.IsFinite(value))
                {
                    continue; // nothing was measured: no bar
                }

                bars.Add(new Bar
                {
                    Position = c + ((s - ((Series.Count - 1) / 2.0)) * width),
                    Value = value,
                    Size = width * 0.92,
                    FillColor = PlotPalette.Colour(s),
                    LineWidth = 0,
                });
                Annotate(plot, bars[^1], Series[s].Errors.Count > c ? Series[s].Errors[c] : 0);
            }

            ScottPlot.Plottables.BarPlot plotted = plot.Add.Bars(bars);
            plotted.LegendText = Series[s].Name;
        }

        var ticks = new NumericManual();
        for (int c = 0; c < Categories.Count; c++)
        {
            ticks.AddMajor(c, Categories[c]);
        }

        plot.Axes.Bottom.TickGenerator = ticks;
        plot.Axes.Bottom.MajorTickStyle.Length = 0;
        plot.XLabel(CategoryLabel);
        plot.YLabel(ValueLabel);
        plot.Grid.XAxisStyle.IsVisible = false;
        plot.Axes.Margins(bottom: 0, top: 0.12);
        plot.Axes.AutoScale();
        plot.Axes.SetLimitsX(-0.5, Categories.Count - 0.5);
        double least = Series.SelectMany(s => s.Values).Where(double.IsFinite).DefaultIfEmpty(0).Min();
        plot.Axes.SetLimitsY(Math.Min(0, least * 1.1), Most ?? plot.Axes.GetLimits().Top);
        if (Series.Count > 1)
        {
            plot.ShowLegend(Edge.Right);
        }
    }

    /// <summary>Error bar, and the number above both.</summary>
    private void Annotate(Plot plot, Bar bar, double error)
    {
        if (error > 0)
        {
            ScottPlot.Plottables.ErrorBar errors = plot.Add.ErrorBar([bar.Position], [bar.Value], [error]);
            errors.Color = PlotPalette.Ink;
            errors.CapSize = 4;
        }

        if (ValueFormat is not null)
        {
            ScottPlot.Plottables.Text text = plot.Add.Text(bar.Value.ToString(ValueFormat), bar.Position, Math.Max(0, bar.Value) + error);
            text.LabelAlignment = Alignment.LowerCenter;
            text.LabelFontSize = 11;
            text.LabelFontName = PlotFont.Name;
            text.LabelFontColor = PlotPalette.Ink;
            text.OffsetY = -3;
        }
    }
}
