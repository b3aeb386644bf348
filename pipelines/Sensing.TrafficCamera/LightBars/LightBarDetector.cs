using Sensing.Steps;
using Sensing.Streams;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.LightBars;

/// <summary>Finds flashing light bars on the roofs of tracked vehicles.</summary>
/// <remarks>
/// Each roof region is measured in cells and colours; short flashes are found in each series and tested for a period of 0.25 to 1 s
/// (<see cref="FlashPeriodicity"/>). The evidence of the best series, less what the number of series could give by chance, is the vehicle's.
/// Amber flashes (indicators, roadworks) do not count, nor do lamps that are lit for longer than a flash. Memory is fixed.
/// </remarks>
public sealed class LightBarDetector(LightBarOptions options) : IResumable
{
    private const double ReadingSeconds = 0.25;
    private const int MostFramesPerSecond = 30;
    private const float LeastLuma = 24;
    private const float LeastColour = 12;
    private const float LeastAmber = 12;

    // A vehicle that was not seen for as long has left.
    private static readonly TimeSpan Forgotten = TimeSpan.FromSeconds(2);

    private readonly int _longest = Longest(options);
    private readonly VehicleFlashes[] _vehicles = [.. Enumerable.Range(0, options.MaxVehicles).Select(_ => new VehicleFlashes(Longest(options)))];
    private readonly FlashSeries _series = new(Longest(options));
    private readonly byte[] _sample = new byte[RoofSample.Size];
    private readonly byte[] _values = new byte[Longest(options)];
    private readonly byte[] _amber = new byte[Longest(options)];
    private readonly bool[] _begins = new bool[Longest(options)];
    private readonly float[] _gaps = new float[Longest(options)];
    private readonly Dictionary<long, VehicleFlashes> _known = new(options.MaxVehicles);
    private readonly Stack<VehicleFlashes> _free = new(options.MaxVehicles);
    private readonly List<long> _left = new(options.MaxVehicles);
    private bool _started;

    /// <summary>Measures the roofs that a frame shows; yields a reading of each vehicle every quarter of a second.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="roofs">Roof regions of the vehicles in it, in pixels of the frame.</param>
    /// <param name="emit">Takes each reading, within the call.</param>
    public void Next(Frame frame, ReadOnlySpan<RoofRegion> roofs, Action<LightBarReading> emit)
    {
        Start();
        foreach (RoofRegion roof in roofs)
        {
            if (!RoofSample.Take(frame, roof, _sample))
            {
                continue;
            }

            if (!_known.TryGetValue(roof.Vehicle, out VehicleFlashes? vehicle))
            {
                if (!_free.TryPop(out vehicle))
                {
                    continue;
                }

                vehicle.Start(roof.Vehicle, frame.Time);
                _known.Add(roof.Vehicle, vehicle);
            }

            vehicle.Add(frame.Time, _sample, options.WindowSeconds);
            if ((frame.Time - vehicle.LastRead).TotalSeconds >= ReadingSeconds)
            {
                vehicle.LastRead = frame.Time;
                vehicle.Reading = Read(vehicle);
                emit(vehicle.Reading);
            }
        }

        Forget(frame.Time);
    }

    public void Save(BinaryWriter state)
    {
        Start();
        state.Mark("lightbars-1");
        state.Write(_longest);
        state.Write(_known.Count);
        foreach (VehicleFlashes vehicle in _known.Values)
        {
            vehicle.Save(state);
        }
    }

    public void Load(BinaryReader state)
    {
        state.Expect("lightbars-1");
        int longest = state.ReadInt32(), count = state.ReadInt32();
        if (longest != _longest || count < 0 || count > _vehicles.Length)
        {
            throw new InvalidDataException("The saved light bars are of other options.");
        }

        _known.Clear();
        _free.Clear();
        _started = false;
        Start();
        for (int i = 0; i < count; i++)
        {
            VehicleFlashes vehicle = _free.Pop();
            vehicle.Load(state);
            _known[vehicle.Vehicle] = vehicle;
        }
    }

    private static int Longest(LightBarOptions options) => (int)Math.Ceiling(options.WindowSeconds * MostFramesPerSecond) + 2;

    private void Start()
    {
        if (!_started)
        {
            _started = true;
            foreach (VehicleFlashes vehicle in _vehicles)
            {
                _free.Push(vehicle);
            }
        }
    }

    private void Forget(DateTimeOffset now)
    {
        _left.Clear();
        foreach ((long number, VehicleFlashes vehicle) in _known)
        {
            if (now - vehicle.LastSeen > Forgotten || now < vehicle.LastSeen)
            {
                _left.Add(number);
            }
        }

        foreach (long number in _left)
        {
            _free.Push(_known[number]);
            _known.Remove(number);
        }
    }

    private LightBarReading Read(VehicleFlashes vehicle)
    {
        (double evidence, double frequency, FlashColour colour) = (0, 0, FlashColour.White);
        double frameSeconds = FrameSeconds(vehicle.Seconds);
        for (int cell = 0; cell < RoofSample.Cells && vehicle.Count >= 8; cell++)
        {
            vehicle.Series(cell, RoofSample.Amber, _amber);
            for (int channel = RoofSample.Luma; channel <= RoofSample.Red; channel++)
            {
                vehicle.Series(cell, channel, _values);
                double here = Evidence(vehicle, channel == RoofSample.Luma ? LeastLuma : LeastColour, frameSeconds, out double hertz);
                if (here > evidence)
                {
                    (evidence, frequency) = (here, hertz);
                    colour = channel == RoofSample.Luma ? FlashColour.White : channel == RoofSample.Blue ? FlashColour.Blue : FlashColour.Red;
                }
            }
        }

        bool isOn = evidence >= (vehicle.Reading.IsOn ? options.OffLogLikelihoodRatio : options.OnLogLikelihoodRatio);
        return new LightBarReading(vehicle.Vehicle, vehicle.LastSeen, evidence, Calibrated(evidence), frequency, colour, isOn);
    }

    private double Evidence(VehicleFlashes vehicle, float least, double frameSeconds, out double frequency)
    {
        frequency = 0;
        int n = vehicle.Count;
        int flashes = _series.Find(vehicle.Seconds, _values.AsSpan(0, n), least, _begins);
        if (flashes < 3 || IsAmber(n, flashes))
        {
            return 0;
        }

        // The best of 33 series: they overlap, so that this is the most that chance may add.
        return FlashPeriodicity.Evidence(vehicle.Seconds, _begins.AsSpan(0, n), frameSeconds, out frequency) - Math.Log(RoofSample.Cells * 3);
    }

    /// <summary>Whether amber rises with most flashes: an indicator or a beacon of roadworks, its core saturated to white or red.</summary>
    private bool IsAmber(int n, int flashes)
    {
        int amber = 0;
        for (int i = 1; i < n; i++)
        {
            amber += _begins[i] && _amber[i] - _amber[i - 1] >= LeastAmber ? 1 : 0;
        }

        return amber * 2 > flashes;
    }

    private double FrameSeconds(ReadOnlySpan<float> seconds)
    {
        int n = seconds.Length - 1;
        if (n < 1)
        {
            return 1;
        }

        for (int i = 0; i < n; i++)
        {
            _gaps[i] = seconds[i + 1] - seconds[i];
        }

        Span<float> gaps = _gaps.AsSpan(0, n);
        gaps.Sort();
        return Math.Max(gaps[n / 2], 1e-3);
    }

    /// <summary>Probability at even odds.</summary>
    private static double Calibrated(double evidence) => 1 / (1 + Math.Exp(-(evidence - 3)));
}
