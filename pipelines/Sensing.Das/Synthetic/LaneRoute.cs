using Sensing.Das.Events;

namespace Sensing.Das.Synthetic;

/// <summary>How drivers go through a lane: on at their speed, up to a signal's queue, or off the road.</summary>
internal sealed class LaneRoute
{
    /// <summary>A signal's cycle: green first, then red.</summary>
    public const double CycleSeconds = 75;

    private const double GreenSeconds = 40;

    // Comfortable values of ordinary drivers (Treiber, Kesting, Traffic Flow Dynamics, 2013, table 11.2).
    private const double BrakingMs2 = 2;
    private const double SpeedingUpMs2 = 1.2;

    /// <summary>Time from one start to the next in a queue that discharges: a saturation flow of 2,000 vehicles/h.</summary>
    private const double DischargeSeconds = 1.8;
    private const double QueueGapM = 2.5;
    private const double TurnSpeedMs = 5;

    private readonly LaneDescription _lane;
    private readonly int _sign;
    private readonly double _entryM;
    private readonly double _offRoadM;

    public LaneRoute(LaneDescription lane, double startM, double endM, double offRoadM)
    {
        _lane = lane;
        _sign = lane.Direction == TravelDirection.Increasing ? 1 : -1;
        _entryM = _sign > 0 ? startM : endM;
        _offRoadM = offRoadM;
        LengthM = endM - startM;
    }

    public double LengthM { get; }

    /// <summary>The way of a driver who enters at <paramref name="entry"/>.</summary>
    public Driver Drive(double entry, double speed, double length, double? turnAt, Driver? leader)
    {
        if (turnAt is { } share)
        {
            return TurnOff(entry, speed, length, share);
        }

        if (_lane.StopLineShare is { } stopShare
            && Queue(entry, speed, length, leader, MetresDriven(stopShare)) is var (place, departure))
        {
            double brakingM = speed * speed / (2 * BrakingMs2);
            Trajectory path = Begin(entry, speed)
                .CruiseTo(place - brakingM).ChangeSpeed(0, BrakingMs2).WaitUntil(departure)
                .ChangeSpeed(speed, SpeedingUpMs2).CruiseTo(LengthM).Build();
            return new Driver(entry, speed, length, path, place, departure);
        }

        return Pass(entry, speed, length);
    }

    /// <summary>The way of a driver whom nothing stops.</summary>
    public Driver Pass(double entry, double speed, double length) =>
        new(entry, speed, length, Begin(entry, speed).CruiseTo(LengthM).Build(), null, 0);

    /// <summary>Whether the follower stays clear of the leader all the way.</summary>
    /// <remarks>The least gap is 2 m standing and 0.6 s of driving, well below what anybody would call safe.</remarks>
    public bool KeepsDistance(Driver leader, Driver follower)
    {
        double end = Math.Min(leader.Path.EndSeconds, follower.Path.EndSeconds);
        for (double t = follower.Entry; t <= end; t += 0.5)
        {
            (double ahead, _) = leader.Path.At(t);
            (double behind, double velocity) = follower.Path.At(t);
            if (_sign * (ahead - behind) < ((leader.LengthM + follower.LengthM) / 2) + Math.Max(2, 0.6 * Math.Abs(velocity)))
            {
                return false;
            }
        }

        return true;
    }

    private Driver TurnOff(double entry, double speed, double length, double share)
    {
        double brakingM = ((speed * speed) - (TurnSpeedMs * TurnSpeedMs)) / (2 * BrakingMs2);
        Trajectory path = Begin(entry, speed).CruiseTo(MetresDriven(share) - brakingM).ChangeSpeed(TurnSpeedMs, BrakingMs2).Build();
        return new Driver(entry, speed, length, path, null, 0);
    }

    /// <summary>Where and until when a driver has to wait; null where the way is free.</summary>
    private static (double PlaceM, double Departure)? Queue(double entry, double speed, double length, Driver? leader, double stopLineM)
    {
        double braking = speed / (2 * BrakingMs2);
        if (leader is { QueuedAtM: { } queuedAt })
        {
            double tail = queuedAt - ((leader.LengthM + length) / 2) - QueueGapM;
            double departure = leader.DepartedSeconds + DischargeSeconds;
            double stop = entry + (tail / speed) + braking;
            if (stop < departure)
            {
                return (tail, departure);
            }
        }

        double arrival = entry + (stopLineM / speed);
        double phase = arrival % CycleSeconds;
        return phase < GreenSeconds ? null
            : (stopLineM, Math.Max(arrival - phase + CycleSeconds + 1, entry + (stopLineM / speed) + braking + 0.5));
    }

    private double MetresDriven(double share) => _offRoadM + (share * (LengthM - (2 * _offRoadM)));

    private TrajectoryBuilder Begin(double entry, double speed) => new(entry, _entryM, _sign, speed);
}
