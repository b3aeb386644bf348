using Sensing.Das.Events;
using Sensing.Das.Figures;
using Sensing.Das.Tests.Chain;
using Sensing.Events;
using Sensing.Modules;
using Sensing.Plots;

namespace Sensing.Das.Tests.Figures;

public class RoadFigureTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Tiles_lie_at_their_times_what_none_covers_is_blank_and_tracks_count_from_the_first_row()
    {
        var plot = new RoadFigure();
        plot.Add(Tile(0, [1, 2, 3, -128]));
        plot.Add(Tile(6, [5, 6, 7, 8]));
        plot.Add(DasEvents.Vehicle.Create(ChainFixture.Address, Noon.AddSeconds(4), "v", new VehiclePassage
        {
            Direction = TravelDirection.Increasing,
            SpeedKmh = 50,
            SpeedStandardErrorKmh = 1,
            Class = VehicleClass.Small,
            ClassProbability = 1,
            ReferenceM = 10,
            StartM = 0,
            EndM = 20,
            Amplitude = 1,
            Confidence = 1,
            Track = [new TrackPoint(-1, 0), new TrackPoint(1, 20)],
        }));
        WaterfallFigure figure = plot.Draw("t");

        Assert.Equal((5, 2), (figure.Rows, figure.Channels));
        Assert.Equal([2, 4, 6, float.NaN, float.NaN, float.NaN, 10, 12, 14, 16], figure.Values.ToArray());
        Assert.Equal([(3, 0), (5, 20)], Assert.Single(figure.Tracks).Points);
        Assert.InRange(figure.ToPng().Length, 1000, int.MaxValue);
    }

    [Fact]
    public void Without_a_waterfall_there_is_nothing_to_draw()
    {
        Assert.Throws<PlotException>(() => new RoadFigure().Draw("t"));
        Assert.Throws<FigureException>(() => new RoadFigure().Save("t.png", "t"));
    }

    /// <summary>Two rows, two seconds apart, of two columns.</summary>
    private static SensorEvent Tile(int seconds, sbyte[] levels) => DasEvents.Waterfall.Create(
        ChainFixture.Address, Noon.AddSeconds(seconds), "", new WaterfallTile
        {
            Rows = 2,
            Columns = 2,
            StepSeconds = 2,
            FirstM = 0,
            StepM = 5,
            Scale = 2,
            Unit = "1/s",
            Levels = Convert.ToBase64String([.. levels.Select(level => unchecked((byte)level))]),
        });
}
