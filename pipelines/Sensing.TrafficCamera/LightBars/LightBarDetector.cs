using Sensing.Steps;
using Sensing.Streams;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.LightBars;

/// <summary>Finds flashing light bars on the roofs of tracked vehicles.</summary>
/// <remarks>
/// Each roof region is measured in cells and colours; short flashes are found in each series and tested for a period of
/// 0.25 to 1 s
/// (<see cref="FlashPeriodicity"/>). The evidence of the best series, less what the number of series could give by
/// chance, is the vehicle's.
/// Amber flashes (indicators, roadworks) do not count, nor do lamps that are lit for longer than a flash. Memory is
/// fixed.
/// </remarks>
public sealed class LightBarDetector(LightBarOptions options) : IResumable
{
    private const double ReadingSeconds = 0.25;
    private const int MostFramesPerSecond = 30;
    private const float LeastLuma = 24;
    private const float LeastColour = 12;
    private const int SaturatedLuma = 198;
    private const int LeastFrames = 8;

    // At fewer than 11 frames a second a group of pulses and an indicator look the same.
    private const double LongestFrameSeconds = 0.09;
    private const double IndicatorHz = 2.2;
    private const double MostLit = 0.42;

    // Frequencies, phases, widths and overlapping series that were tried: 6 nats by simulation of flashes at random
    // times. Glints, white paint and
    // windscreens make white flashes that are not quite random, red lamps have other uses, strong blue light flashes on
    // light bars alone.
    private const double WhiteNats = 8;
    private const double RedNats = 4.5;
    private const double BlueNats = 3.5;
    private const double WeakNats = 6;

    private const double NatsPerGroup = 0.6;
    private const int FewGroups = 5;
    private const int ManyGroups = 10;

    // Faster than a lamp: headlights that are flashed by hand, or leaves.
    private const double FastHz = 4.4;
    private const double FastWhiteNats = 10;
    private const double WeakStrength = 2.5;

    // Gain less trials to the logarithm of a likelihood ratio, from lamps drawn on real vehicles (camera-emergency): 5
    // is as rare with a light bar as
    // without one; vehicles without any flash are about twelve times more often without a light bar.
    private const double CalibrationNats = 4;
    private const double CalibrationSlope = 1.25;
    private const double LeastNats = -2.5;

    // The same for the second side of a bar, whose frequency is known from the first.
    private const double PartnerTrialsNats = 4;
    private const double SameFrequency = 0.04;
    private const double LeastTurn = 0.22;

    // Frames on each side of a flash that show the roof without it.
    private const int Beside = 3;

    // Pulses of a group follow each other by 0.06 to 0.15 s.
    private static readonly double[] GroupGaps = [0, 0.11, 0.17];

    // A vehicle that was not seen for as long has left.
    private static readonly TimeSpan Forgotten = TimeSpan.FromSeconds(2);

    private readonly int _longest = Longest(options);
    private readonly VehicleFlashes[] _vehicles = [.. Enumerable.Range(0, options.MaxVehicles).Select(_ => new VehicleFlashes(Longest(options)))];
    private readonly FlashSeries _series = new(Longest(options));
    private readonly byte[] _sample = new byte[RoofSample.Size];
    private readonly byte[] _values = new byte[Longest(options)];
    private readonly FlashRhythm[] _rhythms = new FlashRhythm[RoofSample.Cells * RoofSample.Searched];
    private readonly bool[] _isLong = new bool[RoofSample.Cells * RoofSample.Searched];
    private readonly float[] _gaps = new float[Longest(options)];
    private readonly Dictionary<long, VehicleFlashes> _known = new(options.MaxVehicles);
    private readonly Stack<VehicleFlashes> _free = new(options.MaxVehicles);
    private readonly List<long> _left = new(options.MaxVehicles);
    private bool _started;

    /// <summary>Measures the roofs that a frame shows; yields a reading of each vehicle every quarter of a
    /// second.</summary>
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
        state.Mark("lightbars-2");
        state.Write(_longest);
        state.Write(_known.Count);
        foreach (VehicleFlashes vehicle in _known.Values)
        {
            vehicle.Save(state);
        }
    }

    public void Load(BinaryReader state)
    {
        state.Expect("lightbars-2");
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
        int n = vehicle.Count;
        double frameSeconds = FrameSeconds(vehicle.Seconds);
        if (n < LeastFrames || frameSeconds > LongestFrameSeconds)
        {
            return new LightBarReading(vehicle.Vehicle, vehicle.LastSeen, 0, 0.5, 0, FlashColour.White, false);
        }

        for (int cell = 0; cell < RoofSample.Cells; cell++)
        {
            for (int channel = 0; channel < RoofSample.Searched; channel++)
            {
                _rhythms[(cell * RoofSample.Searched) + channel] = Rhythm(vehicle, cell, channel, frameSeconds);
            }
        }

        (double gain, int best) = Best();
        FlashRhythm rhythm = _rhythms[best];
        double evidence = Math.Max(CalibrationSlope * (gain - CalibrationNats), LeastNats);
        FlashColour colour = (best % RoofSample.Searched) switch
        {
            RoofSample.Blue => FlashColour.Blue,
            RoofSample.Red => FlashColour.Red,
            _ => FlashColour.White,
        };
        bool isOn = evidence >= (vehicle.Reading.IsOn ? options.OffLogLikelihoodRatio : options.OnLogLikelihoodRatio);
        return new LightBarReading(vehicle.Vehicle, vehicle.LastSeen, evidence, Logistic(evidence), rhythm.FrequencyHz, colour, isOn);
    }

    /// <summary>The series with the most evidence, with that of the other side's where both sides flash in
    /// turn.</summary>
    private (double Gain, int Series) Best()
    {
        (double gain, int best) = (0, 0);
        for (int i = 0; i < _rhythms.Length; i++)
        {
            if (_rhythms[i].Gain <= 0)
            {
                continue;
            }

            double partner = 0;
            int side = RoofSample.Side(i / RoofSample.Searched);
            for (int j = 0; j < _rhythms.Length && side != 0; j++)
            {
                if (RoofSample.Side(j / RoofSample.Searched) == -side && TakesTurns(_rhythms[i], _rhythms[j]))
                {
                    partner = Math.Max(partner, _rhythms[j].Gain - PartnerTrialsNats);
                }
            }

            double here = _rhythms[i].Gain + partner - Trials(i);
            if (here > gain)
            {
                (gain, best) = (here, i);
            }
        }

        return (gain, best);
    }

    private double Trials(int series)
    {
        // The more flashes there are at random times, the better the best of all rhythms fits them by chance (from
        // simulations of 3 to 9 groups).
        return OfColour(series) + (NatsPerGroup * Math.Clamp(_rhythms[series].Groups - FewGroups, 0, ManyGroups));
    }

    private double OfColour(int series)
    {
        int channel = series % RoofSample.Searched;
        if (channel == RoofSample.Luma && _rhythms[series].FrequencyHz > FastHz)
        {
            return FastWhiteNats;
        }

        return channel == RoofSample.Luma ? WhiteNats : _rhythms[series].Strength < WeakStrength ? WeakNats
            : channel == RoofSample.Blue ? BlueNats : RedNats;
    }

    /// <summary>Whether two rhythms have the same period and another phase.</summary>
    private static bool TakesTurns(in FlashRhythm one, in FlashRhythm other)
    {
        double apart = Math.Abs(one.Phase - other.Phase);
        return other.Gain > 0 && Math.Abs(one.FrequencyHz - other.FrequencyHz) <= SameFrequency * one.FrequencyHz
            && Math.Min(apart, 1 - apart) >= LeastTurn;
    }

    private FlashRhythm Rhythm(VehicleFlashes vehicle, int cell, int channel, double frameSeconds)
    {
        int n = vehicle.Count;
        vehicle.Series(cell, channel, _values);
        float least = channel == RoofSample.Luma ? LeastLuma : LeastColour;
        FlashRhythm best = default;
        // The brightest spot of the whole roof is now here, now there.
        int series = (cell * RoofSample.Searched) + channel, around = RoofSample.Around(cell);
        _isLong[series] = cell > 0 && _isLong[(around * RoofSample.Searched) + channel];
        if (_isLong[series] || (channel == RoofSample.Luma && cell == 0))
        {
            return best;
        }

        int flashes = _series.Find(vehicle.Seconds, _values.AsSpan(0, n), least, frameSeconds);
        _isLong[series] = _series.IsLong;
        if (flashes < FlashPeriodicity.LeastGroups || (channel == RoofSample.Luma && !Saturates()))
        {
            return best;
        }

        FlashHue hue = Hue(vehicle, cell);
        if (!hue.Fits(channel) || (cell > 0 && !hue.IsPartOf(Hue(vehicle, around), cell < 3 ? 2 : 4, channel)))
        {
            return best;
        }

        int before = int.MaxValue;
        foreach (double gap in GroupGaps)
        {
            ReadOnlySpan<float> groups = _series.Groups(gap);
            if (groups.Length == before)
            {
                continue;
            }

            before = groups.Length;
            FlashRhythm here = FlashPeriodicity.Best(vehicle.Seconds, groups, frameSeconds);
            // A lamp that is lit for nearly half of a period of 0.5 s and more is an indicator (ECE R48: 60 to 120
            // flashes a minute).
            bool isIndicator = here.FrequencyHz < IndicatorHz && _series.LitSeconds * here.FrequencyHz > MostLit;
            _isLong[series] |= isIndicator && here.Gain > WeakNats;
            best = here.Gain > best.Gain && !isIndicator ? here : best;
        }

        return best.Gain > 0 ? best with { Strength = _series.MedianPeak() / least, Groups = before } : best;
    }

    /// <summary>The colour of the flashes: their lit frames against dark ones beside them.</summary>
    private FlashHue Hue(VehicleFlashes vehicle, int cell)
    {
        FlashHue hue = default;
        ReadOnlySpan<Flash> flashes = _series.Flashes;
        Span<double> lit = stackalloc double[3], dark = stackalloc double[3];
        for (int f = 0; f < flashes.Length; f++)
        {
            int from = Math.Max(flashes[f].Begin - Beside, f > 0 ? flashes[f - 1].End : 0);
            int to = Math.Min(flashes[f].End + Beside, f + 1 < flashes.Length ? flashes[f + 1].Begin : vehicle.Count);
            lit.Clear();
            dark.Clear();
            for (int i = from; i < to; i++)
            {
                bool isLit = i >= flashes[f].Begin && i < flashes[f].End;
                for (int c = 0; c < 3; c++)
                {
                    (isLit ? lit : dark)[c] += vehicle.Value(i, cell, RoofSample.MeanLuma + c);
                }
            }

            int litFrames = flashes[f].End - flashes[f].Begin, darkFrames = Math.Max(to - from - litFrames, 1);
            // Means of Cb and Cr are stored in half levels.
            hue.Add(
                (lit[0] / litFrames) - (dark[0] / darkFrames), ((lit[1] / litFrames) - (dark[1] / darkFrames)) / 2,
                ((lit[2] / litFrames) - (dark[2] / darkFrames)) / 2);
        }

        return hue;
    }

    /// <summary>Whether the brightest quarter of the flashes is as bright as a picture can be: white paint that passes
    /// is not.</summary>
    private bool Saturates()
    {
        int bright = 0;
        foreach (Flash flash in _series.Flashes)
        {
            int lit = 0;
            for (int i = flash.Begin; i < flash.End; i++)
            {
                lit = Math.Max(lit, _values[i]);
            }

            bright += lit >= SaturatedLuma ? 1 : 0;
        }

        return bright * 4 >= _series.Count;
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

    private static double Logistic(double logOdds) => 1 / (1 + Math.Exp(-logOdds));
}
