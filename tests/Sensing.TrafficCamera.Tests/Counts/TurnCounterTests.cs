using Sensing.TrafficCamera.Counts;
using Sensing.TrafficCamera.Setup;
using Sensing.TrafficCamera.Tests.Setup;
using Sensing.TrafficCamera.Tracks;
using Xunit;

namespace Sensing.TrafficCamera.Tests.Counts;

public sealed class TurnCounterTests
{
    private static readonly Carriageway Road = Views.Carriageway(Views.Road() with
    {
        Gates =
        [
            new GateOptions { Name = "far", Line = new LineOptions(Views.Pixel(0, 40), Views.Pixel(7, 40)) },
            new GateOptions { Name = "near", Line = new LineOptions(Views.Pixel(0, 10), Views.Pixel(7, 10)) },
            new GateOptions { Name = "side", Line = new LineOptions(Views.Pixel(7, 12), Views.Pixel(7, 30)) },
        ],
    });

    [Fact]
    public void A_vehicle_moves_from_its_first_gate_to_its_next_once() => Assert.Equal(
        [(0, 1)], Run(t => Moving.Car(1, 1.7, 50 - (10 * t), -10), 5));

    [Fact]
    public void One_that_turns_off_leaves_through_the_side() => Assert.Equal(
        [(0, 2)], Run(t => Moving.Car(1, 1.7 + (3 * Math.Max(0, t - 2)), 50 - (10 * Math.Min(t, 2.9)), -10), 5));

    [Fact]
    public void One_that_turns_back_at_its_gate_has_no_movement() => Assert.Empty(
        Run(t => Moving.Car(1, 1.7, 45 - (10 * Math.Min(t, 1.5)) + (10 * Math.Max(0, t - 1.5)), -10), 4));

    private static List<(int From, int To)> Run(Func<double, Vehicle> vehicle, double seconds)
    {
        var counter = new TurnCounter(Road);
        var found = new List<(int, int)>();
        for (int k = 0; k < seconds * 25; k++)
        {
            found.AddRange(counter.Next(Moving.At(k / 25.0), [vehicle(k / 25.0)]).Select(m => (m.From, m.To)));
        }

        return found;
    }
}
