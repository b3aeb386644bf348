using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.TrafficCamera.Synthetic;

/// <summary>Moves the vehicles of a scene: the intelligent driver model (Treiber, Hennecke, Helbing, Phys. Rev. E 62,
/// 2000) behind the vehicle in front, the signal and a broken-down vehicle.</summary>
internal sealed class TrafficSimulation : IResumable
{
    /// <summary>More vehicles do not enter; bounds memory and saved state.</summary>
    internal const int MostVehicles = 140;

    /// <summary>Who would have to brake harder than this at the start of yellow drives through, m/s².</summary>
    internal const double YellowBraking = 3;

    private const float Comfortable = 2.2f;
    private const float Hardest = 7;
    private const float StandingGap = 2;
    private const float TurnSpeed = 6.5f;
    private const float WrongWaySpeed = 9;

    // A wrong-way vehicle comes when its lane has been without arrivals for longer than a cycle: nobody is in its way.
    private const double ClearBefore = 90;

    private readonly SceneOptions _options;
    private readonly SceneRoad _road;
    private readonly Func<double, SceneSignal> _signal;
    private readonly List<SceneVehicle>[] _lanes;
    private readonly int[] _arrived;
    private readonly double[] _nextArrival;
    private int _emergencies;

    public TrafficSimulation(SceneOptions options, SceneRoad road, Func<double, SceneSignal> signal)
    {
        _options = options;
        _road = road;
        _signal = signal;
        _lanes = new List<SceneVehicle>[road.AllLanes];
        _arrived = new int[road.AllLanes];
        _nextArrival = new double[road.AllLanes];
        for (int lane = 0; lane < _lanes.Length; lane++)
        {
            _lanes[lane] = [];
            _nextArrival[lane] = Gap(lane, 0) * 0.5;
        }
    }

    /// <summary>Steps done.</summary>
    public long Steps { get; private set; }

    public double StepSeconds => 1.0 / _options.FramesPerSecond;

    /// <summary>Time after the last step, s.</summary>
    public double Now => Steps / (double)_options.FramesPerSecond;

    /// <summary>Vehicles of each lane, the foremost first.</summary>
    public IReadOnlyList<IReadOnlyList<SceneVehicle>> Lanes => _lanes;

    public SceneSignal Signal => _signal(Now);

    public int Count => _lanes.Sum(lane => lane.Count);

    /// <summary>Where a broken-down vehicle stops, if one stands now.</summary>
    private float? Obstacle => _options.StandingSeconds is { } from
        && Now >= from && Now < from + _options.StandingForSeconds ? _road.StopS - (_road.Length * 0.35f) : null;

    public void Step()
    {
        Steps++;
        SceneSignal signal = Signal;
        for (int lane = 0; lane < _lanes.Length; lane++)
        {
            Move(lane, signal);
        }

        for (int lane = 0; lane < _lanes.Length; lane++)
        {
            Enter(lane, signal);
        }

        EnterEmergency();
        EnterWrongWay();
    }

    /// <summary>Goes on at a later step, as if nobody had looked in between.</summary>
    public void JumpTo(long step)
    {
        // Nobody needs longer than this to drive through, so that the road fills as it would have.
        long warmUp = (long)(_options.CycleSeconds + 120) * _options.FramesPerSecond;
        if (step - Steps > warmUp)
        {
            Steps = step - warmUp;
            foreach (List<SceneVehicle> lane in _lanes)
            {
                lane.Clear();
            }

            for (int lane = 0; lane < _lanes.Length; lane++)
            {
                _nextArrival[lane] = Now + (Gap(lane, _arrived[lane]) * 0.5);
            }

            if (_options.EmergencyEverySeconds is { } every)
            {
                _emergencies = Math.Max(_emergencies, (int)Math.Ceiling((Now - 20) / every));
            }
        }

        while (Steps < step)
        {
            Step();
        }
    }

    private void Move(int lane, SceneSignal signal)
    {
        List<SceneVehicle> vehicles = _lanes[lane];
        var dt = (float)StepSeconds;
        float leaderRear = float.PositiveInfinity, leaderSpeed = 0;
        foreach (SceneVehicle vehicle in vehicles)
        {
            if (vehicle.WrongWay)
            {
                vehicle.Way -= WrongWaySpeed * dt;
                continue;
            }

            float acceleration = Free(vehicle);
            acceleration = Math.Min(acceleration, Behind(vehicle, leaderRear - vehicle.Way, leaderSpeed, StandingGap));
            float stop = float.PositiveInfinity;
            if (!_road.IsOpposing(lane) && MustStop(vehicle, signal))
            {
                stop = _road.StopS;
                acceleration = Math.Min(acceleration, Behind(vehicle, stop - vehicle.Way, 0, 1));
            }

            bool standing = false;
            if (lane == 0 && Obstacle is { } obstacle && leaderRear > obstacle && CanStop(vehicle, obstacle - vehicle.Way, 5))
            {
                acceleration = Math.Min(acceleration, Behind(vehicle, obstacle - vehicle.Way, 0, 1));
                standing = obstacle - vehicle.Way < 4 && vehicle.Speed < 0.3f;
                stop = Math.Min(stop, obstacle);
            }

            vehicle.BrokenDown = standing;

            // The rear and speed of this vehicle before the step are what the one behind reacts to.
            leaderRear = vehicle.Rear;
            leaderSpeed = vehicle.Speed;
            Advance(vehicle, Math.Max(-Hardest, acceleration), dt, stop);
        }

        vehicles.RemoveAll(v => v.WrongWay ? v.Way < 0 : v.Rear > _road.WayOf(lane, v.Shape.Movement));
    }

    private static void Advance(SceneVehicle vehicle, float acceleration, float dt, float stop)
    {
        float speed = vehicle.Speed + (acceleration * dt);
        float way;
        if (speed < 0)
        {
            way = vehicle.Speed * vehicle.Speed / (-2 * acceleration);
            speed = 0;
        }
        else
        {
            way = (vehicle.Speed + speed) / 2 * dt;
        }

        if (speed < 1 && vehicle.Way + way > stop)
        {
            way = stop - vehicle.Way;
            speed = 0;
        }

        vehicle.Acceleration = (speed - vehicle.Speed) / dt;
        vehicle.Way += way;
        vehicle.Speed = speed;
    }

    private float Wanted(SceneVehicle vehicle)
    {
        float wanted = (float)(_options.SpeedKmh / 3.6) * vehicle.Shape.SpeedFactor;
        float toTurn = _road.StopS - 1 - vehicle.Way;
        return vehicle.Shape.Movement == SceneMovement.Straight || _road.IsOpposing(vehicle.Lane)
            ? wanted
            : Math.Min(wanted, MathF.Sqrt((TurnSpeed * TurnSpeed) + (2 * 1.4f * Math.Max(0, toTurn))));
    }

    private float Free(SceneVehicle vehicle)
    {
        float wanted = Wanted(vehicle), share = vehicle.Speed / wanted;
        return share > 1
            ? Math.Max(-Comfortable, -4 * (share - 1) * vehicle.Shape.Acceleration)
            : vehicle.Shape.Acceleration * (1 - (share * share * share * share));
    }

    private static float Behind(SceneVehicle vehicle, float gap, float leaderSpeed, float standing)
    {
        if (float.IsPositiveInfinity(gap))
        {
            return float.PositiveInfinity;
        }

        float a = vehicle.Shape.Acceleration, speed = vehicle.Speed;
        float desired = standing + Math.Max(
            0, (speed * vehicle.Shape.Headway) + (speed * (speed - leaderSpeed) / (2 * MathF.Sqrt(a * Comfortable))));
        float ratio = desired / Math.Max(gap, 0.05f);
        return a * (1 - (ratio * ratio));
    }

    private bool MustStop(SceneVehicle vehicle, SceneSignal signal)
    {
        float gap = _road.StopS - vehicle.Way;
        if (gap < 0 || signal is SceneSignal.None or SceneSignal.Green || vehicle.Shape.Emergency != SceneEmergency.None)
        {
            return false;
        }

        // At yellow, who would have to brake harder than 3 m/s² drives through; at red, who could hardly stop at all: with
        // a yellow that is long enough for the speed nobody is left in that place.
        return CanStop(vehicle, gap, signal == SceneSignal.Red ? 5 : YellowBraking);
    }

    private static bool CanStop(SceneVehicle vehicle, float gap, double braking) =>
        vehicle.Speed * vehicle.Speed < 2 * braking * gap;

    private void Enter(int lane, SceneSignal signal)
    {
        bool opposing = _road.IsOpposing(lane);
        if (_options.VehiclesPerHour <= 0 || Now < _nextArrival[lane] || Suspended(lane))
        {
            return;
        }

        // Traffic out of the junction comes while this approach, whose left-turners cross its way, has red.
        if (opposing && _options.TurnShare > 0 && signal != SceneSignal.None && !LongRed())
        {
            return;
        }

        if (TryEnter(lane, SceneEmergency.None))
        {
            _nextArrival[lane] = Math.Max(_nextArrival[lane], Now - 60) + Gap(lane, _arrived[lane]);
        }
    }

    private bool LongRed() =>
        _signal(Now) == SceneSignal.Red && _signal(Now - 5) == SceneSignal.Red && _signal(Now + 3) == SceneSignal.Red;

    private bool TryEnter(int lane, SceneEmergency emergency)
    {
        VehicleShape shape = VehicleShape.Draw(_options, lane, _arrived[lane], emergency);
        SceneVehicle? last = _lanes[lane].Count > 0 ? _lanes[lane][^1] : null;
        float start = 0;
        float gap = last is null ? float.PositiveInfinity : last.Rear - start;
        float wanted = _road.IsOpposing(lane) ? 8 : (float)(_options.SpeedKmh / 3.6) * shape.SpeedFactor;
        if (Count >= MostVehicles || gap < 5 || last is { WrongWay: true })
        {
            return false;
        }

        float safe = last is null
            ? wanted
            : MathF.Sqrt((last.Speed * last.Speed) + (2 * Comfortable * Math.Max(0, gap - 4)));
        var vehicle = new SceneVehicle(shape, lane, _arrived[lane]++)
        {
            Way = start,
            Speed = Math.Min(Math.Min(wanted, safe), gap / shape.Headway),
        };
        _lanes[lane].Add(vehicle);
        return true;
    }

    private void EnterEmergency()
    {
        if (_options.EmergencyEverySeconds is not { } every || Now < 20 + (_emergencies * every))
        {
            return;
        }

        var random = new SceneRandom(_options.Seed, _emergencies, 0xb1ce);
        int lane = random.Below(_road.Lanes);
        SceneEmergency kind = _options.EmergencyKind ?? (SceneEmergency)(1 + (_emergencies % 3));
        if (!Suspended(lane) && TryEnter(lane, kind))
        {
            _emergencies++;
        }
    }

    private bool Suspended(int lane) => lane == 0 && _options.WrongWaySeconds is { } at
        && Now > at - ClearBefore && Now < at + (_road.Straight / WrongWaySpeed) + 2;

    private void EnterWrongWay()
    {
        long step = _options.WrongWaySeconds is { } at ? (long)Math.Round(at * _options.FramesPerSecond) : -1;
        if (Steps != step || _lanes[0].Count > 0)
        {
            return;
        }

        _lanes[0].Add(WrongWayVehicle(_arrived[0]++));
        _lanes[0][0].Way = _road.Straight;
        _lanes[0][0].Speed = WrongWaySpeed;
    }

    private SceneVehicle WrongWayVehicle(int number) => new(
        VehicleShape.Draw(_options with { TwoWheelerShare = 0, HeavyShare = 0, TurnShare = 0 }, 0, number, SceneEmergency.None),
        0, number)
    {
        WrongWay = true,
    };

    private double Gap(int lane, int number)
    {
        // Poisson arrivals, no two closer than 1.2 s: vehicles follow each other.
        const double Least = 1.2;
        double mean = 3600 / Math.Max(1e-3, _options.VehiclesPerHour);
        return Math.Min(Least, mean) + new SceneRandom(_options.Seed, lane, number, 0xa221).Exponential(Math.Max(0, mean - Least));
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("traffic-1");
        state.Write(Steps);
        state.Write(_emergencies);
        state.WriteArray<int>(_arrived);
        state.WriteArray<double>(_nextArrival);
        foreach (List<SceneVehicle> lane in _lanes)
        {
            state.Write((byte)lane.Count);
            foreach (SceneVehicle v in lane)
            {
                state.Write((byte)((int)v.Shape.Emergency | (v.BrokenDown ? 4 : 0) | (v.WrongWay ? 8 : 0)));
                state.Write((int)v.Number);
                state.Write(v.Way);
                state.Write(v.Speed);
                state.Write(v.Acceleration);
            }
        }
    }

    public void Load(BinaryReader state)
    {
        state.Expect("traffic-1");
        Steps = state.ReadInt64();
        _emergencies = state.ReadInt32();
        state.ReadArray<int>(_arrived);
        state.ReadArray<double>(_nextArrival);
        if (Steps < 0 || _emergencies < 0)
        {
            throw new InvalidDataException("The saved state of a synthetic scene holds a negative count.");
        }

        for (int lane = 0; lane < _lanes.Length; lane++)
        {
            _lanes[lane].Clear();
            int count = state.ReadByte();
            for (int i = 0; i < count; i++)
            {
                byte flags = state.ReadByte();
                int number = state.ReadInt32();
                SceneVehicle vehicle = (flags & 8) != 0
                    ? WrongWayVehicle(number)
                    : new SceneVehicle(VehicleShape.Draw(_options, lane, number, (SceneEmergency)(flags & 3)), lane, number);
                vehicle.BrokenDown = (flags & 4) != 0;
                vehicle.Way = state.ReadSingle();
                vehicle.Speed = state.ReadSingle();
                vehicle.Acceleration = state.ReadSingle();
                _lanes[lane].Add(vehicle);
            }
        }
    }
}
