using System.Globalization;
using ScottPlot;
using Sensing.Das.Events;
using Sensing.Plots;

namespace Sensing.Das.Figures;

/// <summary>The fibre's image: time to the right, distance upwards, strain rate as colour, tracks over it.</summary>
public sealed record WaterfallFigure : Figure
{
    /// <summary>Values, [time][channel], row after row; NaN stays blank.</summary>
    public required ReadOnlyMemory<float> Values { get; init; }

    public required int Rows { get; init; }

    public required int Channels { get; init; }

    /// <summary>Time of row 0.</summary>
    public required DateTimeOffset StartTime { get; init; }

    public required double StepSeconds { get; init; }

    /// <summary>Distance of channel 0, m.</summary>
    public required double FirstM { get; init; }

    public required double StepM { get; init; }

    /// <summary>What the colours show, with its unit.</summary>
    public string ValueLabel { get; init; } = "strain rate, 1/s";

    /// <summary>Value of the strongest colour; null: the 99.5th percentile of the sizes.</summary>
    public double? Limit { get; init; }

    public IReadOnlyList<FigureTrack> Tracks { get; init; } = [];

    /// <summary>Drawn over the tracks.</summary>
    public IReadOnlyList<FigureMark> Marks { get; init; } = [];

    protected override void Fill(Plot plot)
    {
        if (Rows < 2 || Channels < 2 || Values.Length < Rows * Channels)
        {
            throw new PlotException($"A waterfall needs two rows and two channels at least: there are {Rows} × {Channels}, with {Values.Length} values.");
        }

        double[,] image = WaterfallImage.Pool(Values.Span, Rows, Channels, Width, Height);
        double limit = Limit ?? WaterfallImage.Strong(image);
        double exponent = Math.Floor(Math.Log10(limit) / 3) * 3;
        ScottPlot.Plottables.Heatmap map = plot.Add.Heatmap(image);
        map.Colormap = new ScottPlot.Colormaps.Balance();
        map.ManualRange = new ScottPlot.Range(-limit, limit);
        map.NaNCellColor = PlotPalette.Grid;
        double left = -StepSeconds / 2, right = (Rows - 0.5) * StepSeconds;
        double bottom = FirstM - (StepM / 2), top = FirstM + ((Channels - 0.5) * StepM);
        map.Extent = new CoordinateRect(left, right, bottom, top);
        ScottPlot.Panels.ColorBar bar = plot.Add.ColorBar(map);
        bar.Label = exponent == 0 || limit == 0 ? ValueLabel : $"{ValueLabel.Replace(", ", $", 10{Superscript(exponent)} ", StringComparison.Ordinal)}";
        double unit = Math.Pow(10, exponent);
        bar.Axis.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic
        {
            TargetTickCount = 12,
            LabelFormatter = value => (value / unit).ToString("0.##", CultureInfo.InvariantCulture),
        };
        bar.LabelStyle.FontName = bar.Axis.TickLabelStyle.FontName = PlotFont.Name;
        bar.LabelStyle.FontSize = 16;
        bar.LabelStyle.Bold = false;
        bar.LabelStyle.OffsetX = -12;
        bar.Axis.TickLabelStyle.FontSize = 14;
        bar.Axis.MinimumSize = 84;
        bar.MinimumSize = 112;

        DrawTracks(plot);
        DrawMarks(plot);
        plot.XLabel(string.Create(CultureInfo.InvariantCulture, $"time since {StartTime.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, s"));
        plot.YLabel("distance along the fibre, m");
        plot.Axes.SetLimits(left, right, bottom, top);
        plot.HideGrid();
        if (Tracks.Count + Marks.Count > 0)
        {
            plot.ShowLegend(Edge.Bottom);
            plot.Legend.Orientation = Orientation.Horizontal;
        }
    }

    private void DrawTracks(Plot plot)
    {
        foreach (var group in Tracks.GroupBy(t => (t.Class, t.Direction)).OrderBy(g => g.Key))
        {
            bool first = true;
            foreach (FigureTrack track in group)
            {
                double[] seconds = [.. track.Points.Select(p => p.Seconds)];
                double[] distances = [.. track.Points.Select(p => p.DistanceM)];

                // A light edge keeps the line visible on dark colours.
                ScottPlot.Plottables.Scatter edge = plot.Add.ScatterLine(seconds, distances, Colors.White.WithAlpha(0.7));
                edge.LineWidth = 4;
                ScottPlot.Plottables.Scatter line = plot.Add.ScatterLine(seconds, distances, VehicleStyle.ColourOf(group.Key.Class));
                line.LineWidth = 2;
                line.LinePattern = group.Key.Direction == TravelDirection.Increasing ? LinePattern.Solid : LinePattern.Dashed;
                line.LegendText = first ? $"{VehicleStyle.Word(group.Key.Class)}, {Way(group.Key.Direction)} ({group.Count()})" : "";
                first = false;
            }
        }
    }

    private void DrawMarks(Plot plot)
    {
        int kind = 0;
        foreach (IGrouping<string, FigureMark> group in Marks.GroupBy(m => m.Kind))
        {
            ScottPlot.Plottables.Scatter points = plot.Add.ScatterPoints(
                group.Select(m => m.Seconds).ToArray(), group.Select(m => m.DistanceM).ToArray(), VehicleStyle.MarkColour(kind));
            points.MarkerShape = PlotPalette.Marker(kind);
            points.MarkerSize = 11;
            points.MarkerLineColor = PlotPalette.Ink;
            points.MarkerLineWidth = 1;
            points.LegendText = $"{group.Key} ({group.Count()})";
            kind++;
        }
    }

    private static string Way(TravelDirection direction) =>
        direction == TravelDirection.Increasing ? "towards larger distance" : "towards smaller distance";

    private static string Superscript(double exponent)
    {
        const string digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";
        string text = exponent.ToString("0", CultureInfo.InvariantCulture);
        return string.Concat(text.Select(c => c == '-' ? '⁻' : digits[c - '0']));
    }
}
