using ScottPlot;
using Sensing.Marine.Encounters;
using Sensing.Plots;

namespace Sensing.Marine.Figures;

/// <summary>Ways in a plane, north up.</summary>
internal sealed record VoyageChart : Figure
{
    /// <summary>Targets without an encounter are named as long as there are few.</summary>
    private const int NamedTargets = 12;

    /// <summary>The view holds own ship and its encounters with so much room about them, and no less, miles.</summary>
    private const double Room = 1.5;

    public required VoyageTrack Own { get; init; }

    public required IReadOnlyList<VoyageTrack> Targets { get; init; }

    public required IReadOnlyList<VoyageMark> Marks { get; init; }

    protected override void Fill(Plot plot)
    {
        foreach (VoyageTrack target in Targets)
        {
            bool met = target.Class != EncounterClass.None || target.HadAlert;
            Color colour = met ? ColourOf(target.Class) : PlotPalette.Colour(6).WithAlpha(0.6);
            Line(plot, target, colour, met ? 2 : 1);
            if (met || Targets.Count <= NamedTargets)
            {
                Name(plot, target, colour);
            }
        }

        foreach (IGrouping<EncounterClass, VoyageMark> marks in Marks.GroupBy(mark => mark.Class))
        {
            ScottPlot.Plottables.Scatter points = plot.Add.ScatterPoints(
                marks.Select(mark => mark.East).ToArray(), marks.Select(mark => mark.North).ToArray());
            points.Color = ColourOf(marks.Key);
            points.MarkerSize = 12;
            points.MarkerShape = PlotPalette.Marker((int)marks.Key);
            points.LegendText = Words(marks.Key);
        }

        if (Own.Points.Count > 0)
        {
            Line(plot, Own, PlotPalette.Ink, 3);
            Name(plot, Own, PlotPalette.Ink);
        }

        plot.XLabel("east, nautical miles");
        plot.YLabel("north, nautical miles");
        Limit(plot);
        if (Marks.Count > 0)
        {
            plot.ShowLegend(Edge.Right);
        }
    }

    private static Color ColourOf(EncounterClass kind) => kind == EncounterClass.None ? PlotPalette.Colour(7) : PlotPalette.Colour((int)kind - 1);

    private static string Words(EncounterClass kind) => kind switch
    {
        EncounterClass.HeadOn => "head-on",
        EncounterClass.Overtaking => "overtaking",
        EncounterClass.BeingOvertaken => "being overtaken",
        EncounterClass.CrossingGiveWay => "crossing, give way",
        EncounterClass.CrossingStandOn => "crossing, stand on",
        _ => "close approach",
    };

    private static void Line(Plot plot, VoyageTrack track, Color colour, float width)
    {
        ScottPlot.Plottables.Scatter line = plot.Add.Scatter(
            track.Points.Select(point => point.East).ToArray(), track.Points.Select(point => point.North).ToArray());
        line.Color = colour;
        line.LineWidth = width;
        line.MarkerSize = 0;

        // Where it was last: the direction of its way.
        (double east, double north, _) = track.Points[^1];
        ScottPlot.Plottables.Marker end = plot.Add.Marker(east, north);
        end.Color = colour;
        end.Size = 4 + (2 * width);
    }

    private static void Name(Plot plot, VoyageTrack track, Color colour)
    {
        (double east, double north, _) = track.Points[^1];
        ScottPlot.Plottables.Text text = plot.Add.Text(track.Label, east, north);
        text.LabelFontColor = colour;
        text.LabelFontSize = 13;
        text.LabelFontName = PlotFont.Name;
        text.OffsetX = 8;
        text.OffsetY = -8;
    }

    /// <summary>Own ship and what it met; without encounters all targets. A mile is as long northward as eastward.</summary>
    private void Limit(Plot plot)
    {
        var shown = Own.Points.Select(point => (point.East, point.North)).Concat(Marks.Select(mark => (mark.East, mark.North))).ToList();
        if (Marks.Count == 0)
        {
            shown.AddRange(Targets.SelectMany(target => target.Points.Select(point => (point.East, point.North))));
        }

        double left = shown.Min(point => point.East) - Room, right = shown.Max(point => point.East) + Room;
        double bottom = shown.Min(point => point.North) - Room, top = shown.Max(point => point.North) + Room;
        plot.Axes.SetLimits(left, right, bottom, top);
        plot.Axes.SquareUnits();
    }
}
