using Sensing.TrafficCamera.Counts;
using Sensing.TrafficCamera.Events;
using Sensing.TrafficCamera.Report;
using Sensing.TrafficCamera.Tests.Setup;
using Sensing.TrafficCamera.Tracks;
using Xunit;

namespace Sensing.TrafficCamera.Tests.Counts;

public sealed class AlarmWatchTests
{
    [Fact]
    public void A_vehicle_against_the_direction_is_reported_once()
    {
        TrafficAlarm alarm = Assert.Single(Run(t => Moving.Car(1, 1.7, 5 + (8 * t), 8), 5));
        Assert.Equal(TrafficAlarmKind.WrongWay, alarm.Kind);
    }

    [Fact]
    public void Rolling_back_a_little_is_not_the_wrong_way() =>
        Assert.Empty(Run(t => Moving.Car(1, 1.7, 20 + (t < 1 ? 2.5 * t : 2.5), t < 1 ? 2.5 : 0), 5));

    [Fact]
    public void A_vehicle_in_a_queue_is_not_reported() => Assert.Empty(Run(_ => Moving.Car(1, 1.7, 20, 0), 90));

    [Fact]
    public void One_that_stands_while_others_pass_is_reported() => Assert.Equal(
        TrafficAlarmKind.Standing, Assert.Single(Run(_ => Moving.Car(1, 1.7, 20, 0), 40, passEverySeconds: 7)).Kind);

    [Fact]
    public void Others_that_drive_up_behind_a_queue_do_not_pass_it()
    {
        var watch = new AlarmWatch(Views.Carriageway(Views.Road()), new ReportOptions());
        for (int k = 0; k < 900; k++)
        {
            double t = k / 10.0;
            Assert.Empty(watch.Next(Moving.At(t), [Moving.Car(1, 1.7, 5, 0), .. Behind(t)]));
        }

        // One every ten seconds, each to a place behind the last one.
        static IEnumerable<Vehicle> Behind(double t) => Enumerable.Range(1, (int)(t / 10)).Select(n =>
        {
            double place = 5 + (7 * n), at = Math.Max(place, 60 - (10 * (t - (10 * n))));
            return Moving.Car(1 + n, 1.7, at, at > place ? -10 : 0);
        });
    }

    [Fact]
    public void One_that_stands_longer_than_a_red_is_reported() => Assert.Single(Run(_ => Moving.Car(1, 1.7, 20, 0), 200));

    private static List<TrafficAlarm> Run(Func<double, Vehicle> vehicle, double seconds, double passEverySeconds = 1e9)
    {
        var watch = new AlarmWatch(Views.Carriageway(Views.Road()), new ReportOptions());
        var found = new List<TrafficAlarm>();
        for (int k = 0; k < seconds * 10; k++)
        {
            // Others drive down the next lane, 60 m in 6 s.
            double t = k / 10.0, since = t % passEverySeconds;
            Vehicle[] others = t >= passEverySeconds && since <= 6
                ? [Moving.Car(100 + (long)(t / passEverySeconds), 5.2, 60 - (10 * since), -10, lane: 2)]
                : [];
            found.AddRange(watch.Next(Moving.At(t), [vehicle(t), .. others]));
        }

        return found;
    }
}
