using ScottPlot;

namespace Sensing.Plots;

/// <summary>A picture made of plain data.</summary>
public abstract record Figure
{
    /// <summary>Line above the picture; may be empty.</summary>
    public string Title { get; init; } = "";

    /// <summary>Width, px (default: 1,400).</summary>
    public int Width { get; init; } = 1400;

    /// <summary>Height, px (default: 800).</summary>
    public int Height { get; init; } = 800;

    /// <exception cref="PlotException">The data do not make a picture, or there is no font.</exception>
    public byte[] ToPng() => Draw().GetImage(Width, Height).GetImageBytes(ImageFormat.Png);

    /// <exception cref="PlotException">The data do not make a picture, or there is no font.</exception>
    public string ToSvg() => Draw().GetSvgXml(Width, Height);

    /// <summary>Writes the picture; the name's ending, <c>.png</c> or <c>.svg</c>, chooses the format.</summary>
    /// <exception cref="PlotException">Another ending; the data do not make a picture; there is no font.</exception>
    public void Save(string path) => PictureFile.Save(path, ToPng, ToSvg);

    /// <summary>Puts the data into an empty plot.</summary>
    protected abstract void Fill(Plot plot);

    /// <summary>Fewer, larger steps than the plot library would take.</summary>
    private static void Calm(IAxis axis)
    {
        if (axis.TickGenerator is ScottPlot.TickGenerators.NumericAutomatic numbers)
        {
            numbers.TargetTickCount = 14;
        }
    }

    private Plot Draw()
    {
        var plot = new Plot();
        plot.Font.Set(PlotFont.Name);
        plot.FigureBackground.Color = Colors.White;
        plot.Axes.Color(PlotPalette.Ink);
        plot.Grid.MajorLineColor = PlotPalette.Grid;
        Fill(plot);
        plot.Font.Set(PlotFont.Name);
        plot.Axes.Title.Label.FontSize = 20;
        plot.Axes.Bottom.Label.FontSize = 16;
        plot.Axes.Left.Label.FontSize = 16;
        plot.Axes.Bottom.Label.Bold = plot.Axes.Left.Label.Bold = false;
        plot.Axes.Bottom.TickLabelStyle.FontSize = plot.Axes.Left.TickLabelStyle.FontSize = 14;
        Calm(plot.Axes.Bottom);
        Calm(plot.Axes.Left);

        // Room between the labels and the picture's edge.
        plot.Axes.Left.MinimumSize = 90;
        plot.Axes.Left.Label.OffsetX = 12;
        plot.Axes.Bottom.MinimumSize = 64;
        plot.Legend.SymbolWidth = 36;
        plot.Legend.FontSize = 14;
        plot.Legend.FontName = PlotFont.Name;
        plot.Legend.OutlineColor = PlotPalette.Grid;
        plot.Legend.ShadowColor = Colors.Transparent;
        if (Title.Length > 0)
        {
            plot.Title(Title);
        }

        return plot;
    }
}
