using System.Buffers.Binary;
using Sensing.Das.Events;
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

    private static readonly WaterfallFigure Waterfall = new()
    {
        Values = Enumerable.Range(0, 200 * 30).Select(i => i / 30 == i % 30 * 5 ? 1e-6f : 0).ToArray(),
        Rows = 200,
        Channels = 30,
        StartTime = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        StepSeconds = 0.1,
        FirstM = 0,
        StepM = 5,
    };

    private static readonly ClassFigure Classes = new()
    {
        Vehicles = [new FigureVehicle(VehicleClass.Small, 1e-6, 4e-8), new FigureVehicle(VehicleClass.Large, 1e-5, 8e-7)],
        Boundary = [(5e-6, 1e-8), (2e-6, 1e-6)],
    };

    [Fact]
    public void A_dividing_line_and_a_rail_amplitude_are_drawn_between_the_vehicles()
    {
        int plain = Ink(Classes with { Boundary = [(1, 1), (2, 2)] }), divided = Ink(Classes), rail = Ink(Classes with { RailAmplitude = 4e-6 });
        Assert.InRange(divided - plain, 400, 4000);
        Assert.NotEqual(divided, rail);
        Assert.Throws<PlotException>(() => (Classes with { Vehicles = [] }).ToPng());

        static int Ink(ClassFigure figure)
        {
            using SKBitmap bitmap = SKBitmap.Decode(figure.ToPng());
            return DarkPixels(bitmap, bitmap.Height);
        }
    }

    [Fact]
    public void Pictures_have_the_size_that_was_asked_for()
    {
        foreach (Figure figure in new Figure[] { Bars, Lines, Waterfall, Classes })
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
    public void A_track_is_drawn_in_its_class_colour_over_the_image()
    {
        var track = new FigureTrack(TravelDirection.Increasing, VehicleClass.Large, [(2, 10), (18, 130)]);
        using SKBitmap plain = SKBitmap.Decode(Waterfall.ToPng());
        using SKBitmap tracked = SKBitmap.Decode((Waterfall with { Tracks = [track] }).ToPng());

        Assert.InRange(Count(plain, 0xE0, 0x7B, 0x00), 0, 50);
        Assert.InRange(Count(tracked, 0xE0, 0x7B, 0x00), 300, 100_000);
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
        Assert.Equal(
            "A waterfall needs two rows and two channels at least: there are 1 × 30, with 6000 values.",
            Assert.Throws<PlotException>(() => (Waterfall with { Rows = 1 }).ToPng()).Message);
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

    [Fact]
    public void Pooling_keeps_the_strongest_value_of_a_pixel_and_its_sign()
    {
        float[] values = [1, 2, -5, float.NaN, 0.5f, 3, float.NaN, float.NaN];
        double[,] image = WaterfallImage.Pool(values, rows: 4, channels: 2, width: 2, height: 2);

        // Rows (time) 0 and 1 fall on column 0, rows 2 and 3 on column 1; channel 1 lies above channel 0.
        Assert.Equal(-5, image[1, 0]);
        Assert.Equal(2, image[0, 0]);
        Assert.Equal(0.5, image[1, 1]);
        Assert.Equal(3, image[0, 1]);
        Assert.True(double.IsNaN(WaterfallImage.Pool([float.NaN, 1, float.NaN, 1], 2, 2, 1, 2)[1, 0]));
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

    private static int Count(SKBitmap image, byte red, byte green, byte blue)
    {
        int count = 0;
        for (int y = 0; y < image.Height; y++)
        {
            for (int x = 0; x < image.Width; x++)
            {
                SKColor pixel = image.GetPixel(x, y);
                count += Math.Abs(pixel.Red - red) + Math.Abs(pixel.Green - green) + Math.Abs(pixel.Blue - blue) < 30 ? 1 : 0;
            }
        }

        return count;
    }
}
