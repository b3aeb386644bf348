using System.Globalization;
using System.Text;
using SkiaSharp;

namespace Sensing.Plots;

/// <summary>A picture with a chart below it.</summary>
public sealed record PictureOverChart
{
    private const int TitleHeight = 56;

    /// <summary>Line above the picture.</summary>
    public required string Title { get; init; }

    /// <summary>The picture as PNG.</summary>
    public required byte[] Picture { get; init; }

    /// <summary>Width of the picture, px; also that of the whole.</summary>
    public required int PictureWidth { get; init; }

    /// <summary>Height of the picture, px.</summary>
    public required int PictureHeight { get; init; }

    /// <summary>The chart; as wide as the picture.</summary>
    public required Figure Chart { get; init; }

    /// <summary>Writes the picture; the name's ending, <c>.png</c> or <c>.svg</c>, chooses the format.</summary>
    /// <exception cref="PlotException">Unknown ending, no font, or data that cannot be drawn.</exception>
    public void Save(string path) => PictureFile.Save(path, ToPng, ToSvg);

    /// <exception cref="PlotException">No font, or data that cannot be drawn.</exception>
    public byte[] ToPng()
    {
        using SKBitmap chart = SKBitmap.Decode(Chart.ToPng()), picture = SKBitmap.Decode(Picture);
        using var whole = new SKBitmap(PictureWidth, TitleHeight + PictureHeight + chart.Height);
        using var canvas = new SKCanvas(whole);
        using var face = SKTypeface.FromFile(PlotFont.File);
        using var font = new SKFont(face, 22);
        using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        canvas.Clear(SKColors.White);
        canvas.DrawText(Title, PictureWidth / 2f, 36, SKTextAlign.Center, font, ink);
        canvas.DrawBitmap(picture, SKRect.Create(0, TitleHeight, PictureWidth, PictureHeight));
        canvas.DrawBitmap(chart, 0, TitleHeight + PictureHeight);
        canvas.Flush();
        using SKData data = whole.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    /// <exception cref="PlotException">No font, or data that cannot be drawn.</exception>
    public string ToSvg()
    {
        string chart = Chart.ToSvg();
        chart = chart[chart.IndexOf("<svg", StringComparison.Ordinal)..];
        int height = TitleHeight + PictureHeight + Chart.Height;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"{PictureWidth}\" height=\"{height}\" viewBox=\"0 0 {PictureWidth} {height}\">\n");
        svg.Append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{PictureWidth / 2}\" y=\"36\" font-family=\"sans-serif\" font-size=\"22\" text-anchor=\"middle\">{System.Security.SecurityElement.Escape(Title)}</text>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<image x=\"0\" y=\"{TitleHeight}\" width=\"{PictureWidth}\" height=\"{PictureHeight}\" xlink:href=\"data:image/png;base64,{Convert.ToBase64String(Picture)}\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<g transform=\"translate(0,{TitleHeight + PictureHeight})\">\n{chart}\n</g>\n</svg>\n");
        return svg.ToString();
    }
}
