using System.Globalization;
using ScottPlot;
using Sensing.Das.Events;
using Sensing.Plots;

namespace Sensing.Das.Figures;

/// <summary>Vehicles by amplitude and vibration, both logarithmic, and the line that divides small from large.</summary>
public sealed record ClassFigure : Figure
{
    public required IReadOnlyList<FigureVehicle> Vehicles { get; init; }

    /// <summary>Where a vehicle is as likely small as large: amplitude and vibration, 1/s, in order along the line.</summary>
    public required IReadOnlyList<(double Amplitude, double Vibration)> Boundary { get; init; }

    /// <summary>Amplitude above which a large vehicle is rail, 1/s; null for no line.</summary>
    public double? RailAmplitude { get; init; }

    /// <summary>Says what chose the vehicles' colours, e.g. <c>as labelled</c>; may be empty.</summary>
    public string ClassesAre { get; init; } = "";

    protected override void Fill(Plot plot)
    {
        if (Vehicles.Count == 0 || Vehicles.Any(v => v.Amplitude <= 0 || v.Vibration <= 0))
        {
            throw new PlotException("There is nothing to draw: vehicles need an amplitude and a vibration above 0.");
        }

        foreach (IGrouping<VehicleClass, FigureVehicle> group in Vehicles.GroupBy(v => v.Class).OrderBy(g => g.Key))
        {
            ScottPlot.Plottables.Scatter points = plot.Add.ScatterPoints(
                group.Select(v => Math.Log10(v.Amplitude)).ToArray(), group.Select(v => Math.Log10(v.Vibration)).ToArray(), VehicleStyle.ColourOf(group.Key));
            points.MarkerShape = PlotPalette.Marker((int)group.Key);
            points.MarkerSize = 9;
            points.LegendText = $"{VehicleStyle.Word(group.Key)}{(ClassesAre.Length > 0 ? ", " + ClassesAre : "")} ({group.Count()})";
        }

        // The vehicles choose the picture's limits, not the line, which goes on beyond them.
        plot.Axes.Margins(0.06, 0.06);
        plot.Axes.AutoScale();
        AxisLimits limits = plot.Axes.GetLimits();
        ScottPlot.Plottables.Scatter line = plot.Add.ScatterLine(
            Boundary.Select(b => Math.Log10(b.Amplitude)).ToArray(), Boundary.Select(b => Math.Log10(b.Vibration)).ToArray(), PlotPalette.Ink);
        line.LineWidth = 2;
        line.LegendText = "small to the left, large to the right";
        if (RailAmplitude is { } rail)
        {
            ScottPlot.Plottables.VerticalLine mark = plot.Add.VerticalLine(Math.Log10(rail), 2, VehicleStyle.ColourOf(VehicleClass.Rail));
            mark.LinePattern = LinePattern.Dashed;
            mark.LegendText = "rail to the right";
        }

        plot.Axes.SetLimits(limits);
        Logarithmic(plot.Axes.Bottom);
        Logarithmic(plot.Axes.Left);
        plot.XLabel("amplitude, 1/s");
        plot.YLabel("vibration, root mean square, 1/s");
        plot.ShowLegend(Edge.Bottom);
        plot.Legend.Orientation = Orientation.Horizontal;
    }

    /// <summary>Ticks at 1, 2 and 5 of each decade.</summary>
    private static void Logarithmic(IAxis axis)
    {
        var ticks = new ScottPlot.TickGenerators.NumericManual();
        for (double decade = Math.Floor(axis.Min); decade <= axis.Max; decade++)
        {
            foreach (int step in new[] { 1, 2, 5 })
            {
                double place = decade + Math.Log10(step);
                if (place >= axis.Min && place <= axis.Max)
                {
                    ticks.AddMajor(place, string.Create(CultureInfo.InvariantCulture, $"{step}E{decade:0}"));
                }
            }
        }

        axis.TickGenerator = ticks;
    }
}
