using System.Numerics;
using Sensing.Streams;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Synthetic;

/// <summary>A road approach drawn frame by frame, with the truth beside it. Not thread-safe.</summary>
public sealed partial class TrafficScene : IResumable, IDisposable
{
    /// <summary>Time of the first frame unless another is given.</summary>
    public static readonly DateTimeOffset DefaultEpoch = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly SceneRoad _road;
    private readonly SceneLight _light;
    private readonly TrafficSimulation _traffic;
    private readonly Canvas _canvas;
    private readonly VehiclePainter _painter;
    private readonly PedestrianPainter _pedestrians;
    private readonly SirenSound _sound;
    private readonly Frame _backdrop;
    private readonly List<Drawn> _drawn = [];
    private readonly List<TruthCrossing> _crossings = [];
    private readonly SceneConditions _conditions;
    private readonly double _exposure;

    /// <param name="options">What to draw.</param>
    /// <param name="epoch">Time of the first frame.</param>
    /// <param name="signal">What the signal shows so many seconds after the first frame; null: a fixed plan from the
    /// options.</param>
    public TrafficScene(SceneOptions options, DateTimeOffset? epoch = null, Func<double, SceneSignal>? signal = null)
    {
        Options = options;
        Epoch = epoch ?? DefaultEpoch;
        _road = new SceneRoad(options);
        Camera = SceneCamera.Of(options);
        _light = new SceneLight(options);
        var plan = new FixedSignalPlan(
            options.CycleSeconds, options.OffsetSeconds, options.GreenSeconds, options.YellowSeconds);
        _traffic = new TrafficSimulation(
            options, _road, signal ?? (options.Signal ? plan.At : static _ => SceneSignal.None));
        Setup = SceneSetup.Of(options, _road, Camera);
        _canvas = new Canvas(options.Width, options.Height);
        _painter = new VehiclePainter(_canvas, Camera, _light);
        _pedestrians = new PedestrianPainter(options, _road, Camera, _light);
        _sound = new SirenSound(options);
        _exposure = Math.Min(options.Night ? 0.04 : 0.015, 1.0 / options.FramesPerSecond);
        _backdrop = Frame.Rent(options.Width, options.Height, Epoch);
        var around = new Surroundings(options, _road, Camera, _light);
        new Backdrop(options, _road, Camera, _light, around).DrawOn(_backdrop);
        _conditions = new SceneConditions(options, around.Crowns, Camera);
        Truth = null!;
    }

    public SceneOptions Options { get; }

    /// <summary>Time of the first frame.</summary>
    public DateTimeOffset Epoch { get; }

    public SceneCamera Camera { get; }

    /// <summary>What a user would configure for this approach.</summary>
    public SceneSetup Setup { get; }

    /// <summary>Frames drawn.</summary>
    public long Frames => _traffic.Steps;

    /// <summary>Truth of the last frame; null before the first.</summary>
    public SceneTruth Truth { get; private set; }

    internal TrafficSimulation Traffic => _traffic;

    internal SceneRoad Road => _road;

    /// <summary>Time of a frame by its number, from 0.</summary>
    public DateTimeOffset TimeOf(long frame) =>
        Epoch.AddTicks((long)Math.Round(frame * (double)TimeSpan.TicksPerSecond / Options.FramesPerSecond));

    /// <summary>Moves the traffic without drawing.</summary>
    public void Skip(long frames)
    {
        for (long i = 0; i < frames; i++)
        {
            _traffic.Step();
        }
    }

    /// <summary>Goes on at the first frame after a time.</summary>
    public void Resume(DateTimeOffset time) =>
        _traffic.JumpTo((long)Math.Ceiling((time - Epoch).TotalSeconds * Options.FramesPerSecond));

    /// <summary>The next frame; the caller disposes it.</summary>
    public Frame Next()
    {
        DateTimeOffset time = TimeOf(_traffic.Steps);
        (SceneVehicle? loud, double before) = Loudest();
        _traffic.Step();
        Sound? sound = Options.Sound ? new Sound(Listen(loud, before), SirenSound.Rate) : null;
        Frame frame = Frame.Rent(Options.Width, Options.Height, time, sound);
        _backdrop.Raw.Span.CopyTo(frame.Raw.Span);
        double seconds = _traffic.Now;
        _conditions.MoveTrees(frame, _backdrop, seconds);
        Paint(frame, seconds);
        Vector2 shake = _conditions.Meet(frame, _canvas, _traffic.Steps);
        Truth = TruthOf(time, shake);
        return frame;
    }

    public void Save(BinaryWriter state) => _traffic.Save(state);

    public void Load(BinaryReader state) => _traffic.Load(state);

    public void Dispose() => _backdrop.Dispose();

    /// <summary>The nearest vehicle with a siren.</summary>
    private (SceneVehicle? Vehicle, double Distance) Loudest()
    {
        SceneVehicle? loudest = null;
        double nearest = double.PositiveInfinity;
        foreach (IReadOnlyList<SceneVehicle> lane in _traffic.Lanes)
        {
            foreach (SceneVehicle vehicle in lane)
            {
                if (vehicle.Shape.Emergency != SceneEmergency.None && DistanceOf(vehicle) is var distance && distance < nearest)
                {
                    (loudest, nearest) = (vehicle, distance);
                }
            }
        }

        return (loudest, nearest);
    }

    private short[] Listen(SceneVehicle? loud, double before) => _sound.Between(
        _traffic.Steps, loud?.Shape.Emergency ?? SceneEmergency.None, before, loud is null ? 0 : DistanceOf(loud), _traffic.Count);

    private double DistanceOf(SceneVehicle vehicle) =>
        Vector3.Distance(new Vector3(vehicle.Pose(_road).Place, 1.5f), Camera.Position);
}
