using CsCheck;
using Sensing.Drones.Tasks;
using Sensing.Vision.Frames;
using Sensing.Vision.Onnx.Detection;
using Xunit;

namespace Sensing.Drones.Tests.Tasks;

/// <summary>Persons of plain colours: a grey figure whose upper body has the colour of a garment.</summary>
public sealed class HazardVestTests
{
    private static readonly ObjectDetection Person = new(0, 0.9f, 40, 20, 80, 140);

    [Theory]
    [InlineData(255, 110, 30, "orange-red")]
    [InlineData(255, 160, 20, "orange")]
    [InlineData(220, 255, 40, "yellow")]
    [InlineData(255, 245, 200, "over-exposed yellow")]
    [InlineData(255, 225, 200, "over-exposed orange")]
    [InlineData(170, 80, 30, "orange in the shade")]
    public void A_vest_is_seen(int red, int green, int blue, string colour)
    {
        using Frame frame = Dressed(red, green, blue);
        Assert.True(HazardVest.Score(frame, Person) >= HazardVest.Threshold, colour);
    }

    [Theory]
    [InlineData(250, 250, 250, "white")]
    [InlineData(240, 245, 255, "white in the shade")]
    [InlineData(128, 128, 128, "grey")]
    [InlineData(40, 60, 160, "blue")]
    [InlineData(60, 140, 60, "green")]
    [InlineData(90, 60, 40, "brown")]
    [InlineData(120, 20, 30, "dark red")]
    [InlineData(200, 60, 160, "pink")]
    [InlineData(220, 200, 180, "beige")]
    public void Other_clothes_are_not(int red, int green, int blue, string colour)
    {
        using Frame frame = Dressed(red, green, blue);
        Assert.True(HazardVest.Score(frame, Person) < HazardVest.Threshold, colour);
    }

    [Fact]
    public void A_belt_or_a_helmet_is_not_a_vest()
    {
        using Frame belt = Dressed(90, 90, 90, 80, 84);
        Colour(belt, 80, 84, 255, 110, 30);
        Assert.True(HazardVest.Score(belt, Person) < HazardVest.Threshold);
        using Frame helmet = Dressed(90, 90, 90);
        Colour(helmet, 20, 36, 255, 160, 20);
        Assert.True(HazardVest.Score(helmet, Person) < HazardVest.Threshold);
    }

    [Fact]
    public void Any_box_has_a_score_between_0_and_1() => Gen.Select(Gen.Float[-200, 400], Gen.Float[-200, 400], Gen.Float[-50, 300], Gen.Float[-50, 300]).Sample(
        (left, top, width, height) =>
        {
            using Frame frame = Dressed(255, 110, 30);
            Assert.InRange(HazardVest.Score(frame, new ObjectDetection(0, 1, left, top, left + width, top + height)), 0, 1);
        });

    [Fact]
    public void A_frame_that_was_scaled_down_gives_the_same()
    {
        using Frame whole = Dressed(255, 110, 30);
        using Frame scaled = Frame.Rent(whole.Width, whole.Height, default, null, 2 * whole.Width, 2 * whole.Height);
        whole.Raw.CopyTo(scaled.Raw);
        var person = new ObjectDetection(0, 0.9f, 2 * Person.Left, 2 * Person.Top, 2 * Person.Right, 2 * Person.Bottom);
        Assert.Equal(HazardVest.Score(whole, Person), HazardVest.Score(scaled, person), 1e-6);
    }

    /// <summary>Grey all over, with a garment from the shoulders (row 40) to the hips (row 90).</summary>
    private static Frame Dressed(int red, int green, int blue, int from = 40, int to = 90)
    {
        Frame frame = Frame.Rent(120, 160, default);
        frame.Luma.Fill(90);
        frame.Cb.Fill(128);
        frame.Cr.Fill(128);
        Colour(frame, from, to, red, green, blue);
        return frame;
    }

    private static void Colour(Frame frame, int from, int to, int red, int green, int blue)
    {
        // ITU-R BT.601, full range.
        double luma = (0.299 * red) + (0.587 * green) + (0.114 * blue);
        frame.Luma[(from * frame.Width)..(to * frame.Width)].Fill((byte)Math.Round(luma));
        frame.Cb[(from / 2 * frame.ChromaWidth)..(to / 2 * frame.ChromaWidth)].Fill((byte)Math.Round(128 + ((blue - luma) / 1.772)));
        frame.Cr[(from / 2 * frame.ChromaWidth)..(to / 2 * frame.ChromaWidth)].Fill((byte)Math.Round(128 + ((red - luma) / 1.402)));
    }
}
