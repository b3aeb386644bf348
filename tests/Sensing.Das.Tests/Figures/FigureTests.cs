using Sensing.Das.Events;
using Sensing.Das.Figures;
using Sensing.Plots;
using SkiaSharp;

namespace Sensing.Das.Tests.Figures;

public sealed class FigureTests
{
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
    public void A_track_is_drawn_in_its_class_colour_over_the_image()
    {
        var track = new FigureTrack(TravelDirection.Increasing, VehicleClass.Large, [(2, 10), (18, 130)]);
        using SKBitmap plain = SKBitmap.Decode(Waterfall.ToPng());
        using SKBitmap tracked = SKBitmap.Decode((Waterfall with { Tracks = [track] }).ToPng());

        Assert.InRange(Count(plain, 0xE0, 0x7B, 0x00), 0, 50);
        Assert.InRange(Count(tracked, 0xE0, 0x7B, 0x00), 300, 100_000);
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

    [Fact]
    public void A_waterfall_without_rows_is_refused() => Assert.Equal(
        "A waterfall needs two rows and two channels at least: there are 1 × 30, with 6000 values.",
        Assert.Throws<PlotException>(() => (Waterfall with { Rows = 1 }).ToPng()).Message);

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
