namespace Sensing.Das.Synthetic;

/// <summary>Computes strain rate of any stretch of a synthetic recording.</summary>
/// <remarks>A sample depends on the options, its number and its channel alone: however the recording is cut into blocks, and
/// wherever reading starts, the same bits come out.</remarks>
internal sealed class SyntheticFibre
{
    private readonly SyntheticOptions _options;
    private readonly DasGeometry _geometry;
    private readonly LaneDescription[] _lanes;
    private readonly SyntheticTraffic _traffic;
    private readonly ChannelHealth _health;
    private readonly FibreNoise _noise;
    private readonly Dictionary<long, VehicleSignature> _signatures = [];
    private readonly float[] _signalGain;
    private readonly float[] _noiseGain;
    private long _stretch = -1;

    public SyntheticFibre(SyntheticOptions options)
    {
        _options = options;
        _geometry = options.Geometry;
        var scenario = TrafficScenario.Of(options.Scenario);
        _lanes = [.. scenario.Lanes.Select(l => l with
        {
            RailShare = options.RailShare, FlowPerHour = l.FlowPerHour * options.FlowFactor,
        })];
        _traffic = new SyntheticTraffic(_lanes, _geometry, options.Seed);
        _health = new ChannelHealth(_geometry.Channels, scenario.DeadShare, options.Seed);
        LaneDescription nearest = _lanes.MinBy(l => l.OffsetM) ?? new LaneDescription { Direction = default };
        NoiseDensity = SignalToNoise.NoiseDensity(
            options.SnrDb, new GroundResponse(nearest.OffsetM, options.DepthM, VehicleSignature.Gauge(_geometry)),
            nearest.MeanSpeedMs, VehicleSignature.ReachM(_geometry));
        _noise = new FibreNoise(_geometry, NoiseDensity, SignalToNoise.CornerHz, options.Seed);
        _signalGain = new float[_geometry.Channels];
        _noiseGain = new float[_geometry.Channels];
    }

    /// <summary>One-sided density of the white noise, (1/s)² per Hz.</summary>
    public double NoiseDensity { get; }

    public ChannelHealth Health => _health;

    /// <summary>Vehicles between two times, s since the start.</summary>
    public IReadOnlyList<SyntheticVehicle> Vehicles(double from, double to) =>
        new SyntheticTraffic(_lanes, _geometry, _options.Seed).Between(from, to);

    /// <summary>Fills <paramref name="values"/>, row after row, with the samples from <paramref name="firstSample"/> on.</summary>
    public void Fill(long firstSample, Span<float> values)
    {
        int channels = _geometry.Channels;
        int rows = values.Length / channels;
        values.Clear();
        VehicleSignature[] about = About(firstSample, rows);
        for (int r = 0; r < rows; r++)
        {
            long sample = firstSample + r;
            Span<float> row = values.Slice(r * channels, channels);
            double seconds = sample * _geometry.TimeStepSeconds;
            foreach (VehicleSignature signature in about)
            {
                signature.AddTo(row, seconds);
            }

            // Gains stand still within a stretch (a sixteenth of a second): fading is slower.
            if (sample / _noise.StretchSamples != _stretch)
            {
                _stretch = sample / _noise.StretchSamples;
                _health.At(_stretch * _noise.StretchSamples * _geometry.TimeStepSeconds, _signalGain, _noiseGain);
            }

            _noise.AddTo(row, sample, _signalGain, _noiseGain);
        }
    }

    private VehicleSignature[] About(long firstSample, int rows)
    {
        List<SyntheticVehicle> vehicles = _traffic.Between(
            firstSample * _geometry.TimeStepSeconds, (firstSample + rows) * _geometry.TimeStepSeconds);
        var about = new VehicleSignature[vehicles.Count];
        for (int i = 0; i < about.Length; i++)
        {
            if (!_signatures.TryGetValue(vehicles[i].Id, out VehicleSignature? signature))
            {
                _signatures.Add(vehicles[i].Id, signature = new VehicleSignature(vehicles[i], _geometry, _options.DepthM, _options.Seed));
            }

            about[i] = signature;
        }

        foreach (long gone in _signatures.Keys.Except(vehicles.Select(v => v.Id)).ToArray())
        {
            _signatures.Remove(gone);
        }

        return about;
    }
}
