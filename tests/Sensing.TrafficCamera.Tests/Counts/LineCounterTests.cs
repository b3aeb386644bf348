using Sensing.TrafficCamera.Counts;
using Sensing.TrafficCamera.Setup;
using Sensing.TrafficCamera.Tests.Setup;
using Sensing.TrafficCamera.Tracks;
using Xunit;

namespace Sensing.TrafficCamera.Tests.Counts;

public sealed class LineCounterTests
{
    private const double Line = 15;

    private static readonly Carriageway Road = Views.Carriageway(Views.Road(line: Line));

    [Fact]
    public void A_vehicle_is_counted_at_the_time_of_its_crossing()
    {
        LineCrossing crossing = Assert.Single(Run(t => [Moving.Car(1, 1.7, 25 - (8 * t), -8)], 3));
        Assert.Equal((25 - Line) / 8, (crossing.Time - Moving.Start).TotalSeconds, 2);
        Assert.False(crossing.Away);
        Assert.Equal(1, crossing.Lane);
    }

    [Fact]
    public void Stop_and_go_on_the_line_counts_once() =>
        // It creeps over the line, rolls back, stands, and goes on.
        Assert.Single(Run(t => [Moving.Car(1, 1.7, Line + (1.5 * Math.Cos(0.9 * t)) - (0.05 * t), -1)], 60));

    [Fact]
    public void One_that_is_confirmed_after_the_line_is_counted_with_the_time_of_the_line()
    {
        LineCrossing crossing = Assert.Single(Run(t => [Moving.Car(1, 1.7, 20 - (8 * t), -8, confirmed: t > 1.4)], 3));
        Assert.Equal(5 / 8.0, (crossing.Time - Moving.Start).TotalSeconds, 2);
    }

    [Fact]
    public void One_that_is_never_confirmed_is_not_counted() =>
        Assert.Empty(Run(t => [Moving.Car(1, 1.7, 20 - (8 * t), -8, confirmed: false)], 3));

    [Fact]
    public void One_that_is_only_predicted_is_not_counted() =>
        Assert.Empty(Run(t => [Moving.Car(1, 1.7, 20 - (8 * t), -8, seen: t < 0.3)], 3));

    /// <summary>First seen with its middle 1 m beyond the line: its rear, 1.25 m before it, passes while it is seen.</summary>
    [Fact]
    public void One_that_appears_on_the_line_is_counted_when_it_leaves_it()
    {
        LineCrossing crossing = Assert.Single(Run(t => [Moving.Car(1, 1.7, Line - 1 - (8 * t), -8)], 1));
        Assert.Equal((false, Moving.Start), (crossing.Away, crossing.Time));
    }

    [Fact]
    public void One_that_appears_beyond_the_line_is_not_counted() =>
        Assert.Empty(Run(t => [Moving.Car(1, 1.7, Line - 2.5 - (8 * t), -8)], 1));

    [Fact]
    public void One_that_stands_on_the_line_is_not_counted() => Assert.Empty(Run(_ => [Moving.Car(1, 1.7, Line - 1, 0)], 60));

    [Fact]
    public void Two_tracks_within_one_vehicles_length_are_one_vehicle() =>
        Assert.Single(Run(t => [Moving.Car(1, 1.7, 25 - (8 * t), -8), Moving.Car(2, 2.0, 28 - (8 * t), -8)], 4));

    [Fact]
    public void Two_side_by_side_are_two() =>
        Assert.Equal(2, Run(t => [Moving.Car(1, 1.7, 25 - (8 * t), -8), Moving.Car(2, 5.2, 25.5 - (8 * t), -8, lane: 2)], 4).Count);

    [Fact]
    public void A_queue_that_starts_is_counted_whole() =>
        Assert.Equal(5, Run(t => [.. Enumerable.Range(0, 5).Select(i => Moving.Car(i + 1, 1.7, 18 + (7 * i) - (3 * t), -3))], 15).Count);

    [Fact]
    public void Both_directions_are_told_apart() => Assert.Equal(
        [false, true],
        Run(t => [Moving.Car(1, 1.7, 25 - (8 * t), -8), Moving.Car(2, 5.2, 5 + (8 * t), 8, lane: 2)], 3).Select(c => c.Away).Order());

    [Fact]
    public void Saved_and_loaded_anywhere_it_counts_the_same()
    {
        Vehicle[] At(double t) => [.. Enumerable.Range(0, 5).Select(i => Moving.Car(i + 1, 1.7, 18 + (7 * i) - (3 * t), -3))];
        var whole = Run(At, 15);
        for (int cut = 1; cut < 15 * 25; cut += 29)
        {
            var counter = new LineCounter(Road);
            var found = new List<LineCrossing>();
            for (int k = 0; k < 15 * 25; k++)
            {
                if (k == cut)
                {
                    using var state = new MemoryStream();
                    counter.Save(new BinaryWriter(state));
                    state.Position = 0;
                    counter = new LineCounter(Road);
                    counter.Load(new BinaryReader(state));
                }

                found.AddRange(counter.Next(Moving.At(k / 25.0), At(k / 25.0)));
            }

            Assert.Equal(whole, found);
        }
    }

    private static List<LineCrossing> Run(Func<double, IReadOnlyList<Vehicle>> vehicles, double seconds)
    {
        var counter = new LineCounter(Road);
        var found = new List<LineCrossing>();
        for (int k = 0; k < seconds * 25; k++)
        {
            found.AddRange(counter.Next(Moving.At(k / 25.0), vehicles(k / 25.0)));
        }

        return found;
    }
}
