using ScottPlot;
using ScottPlot.TickGenerators;

namespace Sensing.Scheduling.Command;

/// <summary>
/// Rows of time: the tasks' deadlines, the edge, the cloud's calls side by side, and dropped tasks; a colour for each type.
/// </summary>
internal static class TimelineChart
{
    private const int Width = 1200;
    private const double LaneHeight = 0.22;

    /// <summary>Share of the width that a letter of a name needs.</summary>
    private const double Letter = 0.009;

    private const double Deadlines = 0.95;

    public static void Save(
        string path, string policy, IReadOnlyList<InferenceTaskType> types, IReadOnlyList<TraceEntry> trace, double from, double to)
    {
        var plot = new Plot();
        var palette = new ScottPlot.Palettes.Category10();
        var starts = new Dictionary<int, TraceEntry>();
        var lanes = new List<double>();
        int deepest = 1;
        foreach (TraceEntry entry in trace.Where(e => e.Kind is TraceKind.StartedOnEdge or TraceKind.SentToCloud))
        {
            starts[entry.TaskId] = entry;
        }

        var ends = trace.Where(e => e.Kind is TraceKind.EdgeFinished or TraceKind.EdgeFailed or TraceKind.CloudFinished or TraceKind.CloudFailed).ToDictionary(e => e.TaskId);
        foreach (TraceEntry start in starts.Values.OrderBy(s => s.At))
        {
            TraceEntry end = ends[start.TaskId];
            double left = start.At * 1e-6;
            double right = end.At * 1e-6;
            if (right < from || left > to)
            {
                continue;
            }

            bool late = end.Kind is TraceKind.CloudFailed or TraceKind.EdgeFailed || end.At > end.Release + types[end.TypeIndex].RelativeDeadline;
            if (start.Kind == TraceKind.StartedOnEdge)
            {
                Box(plot, left, right, 0.05, 0.75, palette.GetColor(start.TypeIndex), late);
                if (left >= from && right <= to && right - left > Letter * types[start.TypeIndex].Name.Length * (to - from))
                {
                    ScottPlot.Plottables.Text name = plot.Add.Text(types[start.TypeIndex].Name, (left + right) / 2, 0.4);
                    name.Alignment = Alignment.MiddleCenter;
                    name.LabelFontColor = Colors.White;
                    name.LabelFontSize = 11;
                }
            }
            else
            {
                int lane = lanes.FindIndex(free => free <= left);
                if (lane < 0)
                {
                    lane = lanes.Count;
                    lanes.Add(0);
                }

                lanes[lane] = right;
                deepest = Math.Max(deepest, lane + 1);
                double top = -0.2 - (lane * LaneHeight);
                Box(plot, left, right, top - (0.8 * LaneHeight), top, palette.GetColor(start.TypeIndex), late);
            }
        }

        double dropped = -0.55 - (deepest * LaneHeight);
        foreach (TraceEntry drop in trace.Where(e => e.Kind == TraceKind.Dropped && e.At * 1e-6 >= from && e.At * 1e-6 <= to))
        {
            plot.Add.Marker(drop.At * 1e-6, dropped, MarkerShape.Eks, 9, palette.GetColor(drop.TypeIndex));
        }

        foreach (TraceEntry arrival in trace.Where(e => e.Kind == TraceKind.Arrived))
        {
            double deadline = (arrival.Release + types[arrival.TypeIndex].RelativeDeadline) * 1e-6;
            if (deadline >= from && deadline <= to)
            {
                ScottPlot.Plottables.LinePlot tick = plot.Add.Line(deadline, Deadlines - 0.08, deadline, Deadlines + 0.08);
                tick.LineColor = palette.GetColor(arrival.TypeIndex);
                tick.LineWidth = 2;
                tick.MarkerSize = 0;
            }
        }

        Finish(plot, policy, types, palette, deepest, dropped, from, to);
        int height = 190 + (int)(deepest * 22);
        if (path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase))
        {
            plot.SaveSvg(path, Width, height);
        }
        else
        {
            plot.SavePng(path, Width, height);
        }
    }

    private static void Box(Plot plot, double left, double right, double bottom, double top, Color color, bool late)
    {
        ScottPlot.Plottables.Rectangle box = plot.Add.Rectangle(left, right, bottom, top);
        box.FillColor = color;
        box.LineColor = late ? Colors.Red : Colors.White;
        box.LineWidth = late ? 2.5f : 1;
    }

    private static void Finish(
        Plot plot, string policy, IReadOnlyList<InferenceTaskType> types, ScottPlot.Palettes.Category10 palette, int deepest, double dropped, double from, double to)
    {
        plot.Title(policy);
        plot.XLabel("s");
        var rows = new NumericManual();
        rows.AddMajor(Deadlines, "deadlines");
        rows.AddMajor(0.4, "edge");
        rows.AddMajor(-0.2 - (deepest * LaneHeight / 2), "cloud");
        rows.AddMajor(dropped, "dropped");
        plot.Axes.Left.TickGenerator = rows;
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Grid.YAxisStyle.IsVisible = false;
        plot.Axes.SetLimits(from, to, dropped - 0.2, Deadlines + 0.15);
        plot.Legend.ManualItems.AddRange(types.Select((type, i) => new LegendItem { LabelText = type.Name, FillColor = palette.GetColor(i) }));
        plot.ShowLegend(Edge.Right);
    }
}
