using System.Buffers.Binary;
using SkiaSharp;

namespace Sensing.Plots.Tests;

public class FigureTests
{
    private static readonly BarChart Bars = new()
    {
        Title = "Completion by policy",
        Categories = ["2D-P", "4D-A"],
        Series = [new ChartSeries("DEMS", [80, 70]) { Errors = [1, 2] }, new ChartSeries("GEMS", [90, double.NaN])],
        ValueLabel = "tasks completed, %",
        ValueFormat = "0",
        Most = 100,
    };

    private static readonly LineChart Lines = new()
    {
        Series = [new ChartSeries("free_flow", [0.9, 0.95, 0.99]) { Places = [0, 3, 6] }],
        PlaceLabel = "SNR, dB",
        ValueLabel = "F1",
    };

    [Fact]
    public void Pictures_have_the_size_that_was_asked_for()
    {
        foreach (Figure figure in new Figure[] { Bars, Lines })
        {
            byte[] png = (figure with { Width = 640, Height = 480 }).ToPng();
            Assert.Equal([0x89, 0x50, 0x4E, 0x47], png[..4]);
            Assert.Equal((640, 480), (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))));
        }
    }

    [Fact]
    public void Text_is_really_drawn()
    {
        // Letters of a real font differ in ink; the boxes that stand for missing ones do not.
        using SKBitmap narrow = SKBitmap.Decode((Lines with { Title = "iiiiiiiiii" }).ToPng());
        using SKBitmap wide = SKBitmap.Decode((Lines with { Title = "MMMMMMMMMM" }).ToPng());
        (int i, int m) = (DarkPixels(narrow, 40), DarkPixels(wide, 40));

        Assert.InRange(i, 20, 1500);
        Assert.True(m > 2 * i, $"{i} pixels of ten i, {m} of ten M");
    }

    [Fact]
    public void Pictures_are_written_in_the_format_of_their_ending()
    {
        string folder = Directory.CreateTempSubdirectory("figures-").FullName;
        try
        {
            Bars.Save(Path.Combine(folder, "a.svg"));
            Bars.Save(Path.Combine(folder, "a.PNG"));
            Assert.Contains("<svg", File.ReadAllText(Path.Combine(folder, "a.svg")), StringComparison.Ordinal);
            Assert.Equal(0x89, File.ReadAllBytes(Path.Combine(folder, "a.PNG"))[0]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Mistakes_are_named()
    {
        Assert.Equal(
            "The series 'DEMS' has 1 values for 2 categories.",
            Assert.Throws<PlotException>(() => (Bars with { Series = [new ChartSeries("DEMS", [1])] }).ToPng()).Message);
        Assert.Equal(
            "The series 'a' has 2 values at 0 places.",
            Assert.Throws<PlotException>(() => (Lines with { Series = [new ChartSeries("a", [1, 2])] }).ToPng()).Message);
        Assert.Equal("chart.jpg: pictures are written as .png or .svg.", Assert.Throws<PlotException>(() => Bars.Save("chart.jpg")).Message);
    }

    [Fact]
    public void Without_a_font_the_error_says_what_to_install()
    {
        string folder = Directory.CreateTempSubdirectory("no-fonts-").FullName;
        try
        {
            PlotException error = Assert.Throws<PlotException>(() => PlotFont.Find([folder]));
            Assert.Equal(
                $"No font was found for the text in pictures. Looked in {folder} for DejaVuSans.ttf, LiberationSans-Regular.ttf, "
                + "NotoSans-Regular.ttf, OpenSans-Regular.ttf, Arial.ttf. On Debian and Ubuntu: apt-get install fonts-dejavu-core.",
                error.Message);
        }
        finally
        {
            Directory.Delete(folder);
        }
    }

    private static int DarkPixels(SKBitmap image, int rows)
    {
        int dark = 0;
        for (int y = 0; y < rows; y++)
        {
            for (int x = 0; x < image.Width; x++)
            {
                dark += image.GetPixel(x, y).Red < 128 ? 1 : 0;
            }
        }

        return dark;
    }


}
