using ScottPlot;
using Sensing.Scheduling.Comparisons;
using SkiaSharp;

namespace Sensing.Scheduling.Command;

/// <summary>Four panels over the workloads: completion, utility over the bound, QoE, and where tasks ran.</summary>
internal static class ComparisonChart
{
    private const int Width = 1700;
    private const int Height = 1150;

    public static void Save(string path, IReadOnlyList<ComparisonMean> means)
    {
        string[] blocks = [.. means.Select(BlockName).Distinct()];
        string[] policies = [.. means.Select(m => m.Policy).Distinct()];
        var figure = new Multiplot();
        figure.AddPlots(4);
        figure.Layout = new ScottPlot.MultiplotLayouts.Grid(2, 2);
        Grouped(figure.GetPlot(0), "Completed in time, %", means, blocks, policies, m => 100 * m.Completion);
        Grouped(figure.GetPlot(1), "Utility over the clairvoyant bound", means, blocks, policies, m => m.UtilityOverBound);
        Grouped(figure.GetPlot(2), "QoE utility", means, blocks, policies, m => m.Qoe);
        Split(figure.GetPlot(3), means, blocks, policies);
        Plot legend = figure.GetPlot(0);
        legend.ShowLegend(Edge.Bottom);
        if (path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase))
        {
            using FileStream stream = File.Create(path);
            using SKCanvas canvas = SKSvgCanvas.Create(new SKRect(0, 0, Width, Height), stream);
            canvas.Clear(SKColors.White);
            figure.Render(canvas, new PixelRect(0, Width, Height, 0));
        }
        else
        {
            figure.SavePng(path, Width, Height);
        }
    }

    private static string BlockName(ComparisonMean mean) =>
        mean.Scenario == "calm" ? mean.Workload : $"{mean.Workload}\n{mean.Scenario}";

    private static void Grouped(
        Plot plot, string title, IReadOnlyList<ComparisonMean> means, string[] blocks, string[] policies, Func<ComparisonMean, double> value)
    {
        var palette = new ScottPlot.Palettes.Category20();
        for (int p = 0; p < policies.Length; p++)
        {
            var bars = new List<Bar>();
            for (int b = 0; b < blocks.Length; b++)
            {
                if (Find(means, blocks[b], policies[p]) is { } mean)
                {
                    bars.Add(new Bar { Position = Position(b, p, policies.Length), Value = Math.Max(0, value(mean)), Size = Size(policies.Length), FillColor = palette.GetColor(p), LineWidth = 0 });
                }
            }

            plot.Add.Bars(bars).LegendText = policies[p];
        }

        Finish(plot, title, blocks);
        plot.HideLegend();
    }

    /// <summary>One stacked bar a policy: edge below, cloud above it, then late; what is missing to 100 was dropped.</summary>
    private static void Split(Plot plot, IReadOnlyList<ComparisonMean> means, string[] blocks, string[] policies)
    {
        (string Name, Color Color, Func<ComparisonMean, double> Share)[] parts =
        [
            ("edge", Colors.SteelBlue, m => m.Edge),
            ("cloud", Colors.SkyBlue, m => m.Cloud),
            ("late", Colors.IndianRed, m => m.Late),
            ("dropped", Colors.LightGray, m => m.Dropped),
        ];
        var sums = new Dictionary<(int, int), double>();
        foreach ((string name, Color color, Func<ComparisonMean, double> share) in parts)
        {
            var bars = new List<Bar>();
            for (int b = 0; b < blocks.Length; b++)
            {
                for (int p = 0; p < policies.Length; p++)
                {
                    if (Find(means, blocks[b], policies[p]) is { } mean)
                    {
                        double from = sums.GetValueOrDefault((b, p));
                        double to = from + (100 * share(mean));
                        sums[(b, p)] = to;
                        bars.Add(new Bar { Position = Position(b, p, policies.Length), ValueBase = from, Value = to, Size = Size(policies.Length), FillColor = color, LineWidth = 0 });
                    }
                }
            }

            plot.Add.Bars(bars).LegendText = name;
        }

        Finish(plot, "Where tasks ran, %, policies in the same order", blocks);
        plot.ShowLegend(Edge.Bottom);
    }

    private static ComparisonMean? Find(IReadOnlyList<ComparisonMean> means, string block, string policy) =>
        means.FirstOrDefault(m => BlockName(m) == block && m.Policy == policy);

    private static double Size(int policies) => 0.86 / policies;

    private static double Position(int block, int policy, int policies) =>
        block + ((policy - ((policies - 1) / 2.0)) * Size(policies));

    private static void Finish(Plot plot, string title, string[] blocks)
    {
        plot.Title(title);
        plot.Axes.Bottom.SetTicks([.. Enumerable.Range(0, blocks.Length).Select(b => (double)b)], blocks);
        plot.Axes.Bottom.MajorTickStyle.Length = 0;
        plot.Axes.SetLimitsX(-0.5, blocks.Length - 0.5);
        plot.Axes.Margins(bottom: 0);
        plot.Grid.XAxisStyle.IsVisible = false;
    }
}
