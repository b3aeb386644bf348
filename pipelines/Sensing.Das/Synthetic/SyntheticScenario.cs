namespace Sensing.Das.Synthetic;

/// <summary>A synthetic recording: blocks of any stretch, and the truth about it.</summary>
/// <remarks>One reader at a time; a second reader makes its own from the same options and gets the same samples.</remarks>
public sealed class SyntheticScenario
{
    /// <summary>Time of sample 0 where nobody asks for another.</summary>
    public static readonly DateTimeOffset DefaultEpoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly SyntheticFibre _fibre;

    public SyntheticScenario(SyntheticOptions options, DateTimeOffset? epoch = null)
    {
        Options = options;
        Epoch = epoch ?? DefaultEpoch;
        Geometry = options.Geometry;
        _fibre = new SyntheticFibre(options);
    }

    public SyntheticOptions Options { get; }

    /// <summary>Time of sample 0.</summary>
    public DateTimeOffset Epoch { get; }

    public DasGeometry Geometry { get; }

    /// <summary>Standard deviation of a channel's white noise, 1/s.</summary>
    public double WhiteNoise => Math.Sqrt(_fibre.NoiseDensity / (2 * Geometry.TimeStepSeconds));

    /// <summary>One-sided density of the white noise, (1/s)² per Hz; 1/f noise adds as much at 2 Hz.</summary>
    public double NoiseDensity => _fibre.NoiseDensity;

    /// <summary>A scenario by name on a given geometry.</summary>
    /// <exception cref="ArgumentException">There is no such scenario.</exception>
    public static SyntheticScenario Create(
        string name, long seed, DasGeometry geometry, double snrDb = 6, DateTimeOffset? epoch = null) => new(
            new SyntheticOptions
            {
                Scenario = name,
                Seed = seed,
                Channels = geometry.Channels,
                ChannelStepM = geometry.ChannelStepM,
                FirstChannelM = geometry.FirstChannelM,
                GaugeLengthM = VehicleSignature.Gauge(geometry),
                SampleRateHz = 1 / geometry.TimeStepSeconds,
                SnrDb = snrDb,
            },
            epoch);

    /// <summary>The samples from <paramref name="firstSample"/> on. The caller disposes the block.</summary>
    public DasBlock Read(long firstSample, int rows)
    {
        var block = new DasBlock(Geometry, Epoch, firstSample, rows);
        _fibre.Fill(firstSample, block.Values);
        return block;
    }

    /// <summary>The recording from its start, block after block. Each is disposed by whoever takes it.</summary>
    public IEnumerable<DasBlock> Blocks(double durationSeconds, double blockSeconds = 1)
    {
        long samples = (long)Math.Round(durationSeconds / Geometry.TimeStepSeconds);
        int rows = Math.Max(1, (int)Math.Round(blockSeconds / Geometry.TimeStepSeconds));
        for (long first = 0; first < samples; first += rows)
        {
            yield return Read(first, (int)Math.Min(rows, samples - first));
        }
    }

    /// <summary>What happens from the start to <paramref name="durationSeconds"/>.</summary>
    /// <param name="durationSeconds">Length of the recording, s.</param>
    /// <param name="referenceM">Where reference times are taken, m (default: the middle of the section).</param>
    public SyntheticTruth Truth(double durationSeconds, double? referenceM = null)
    {
        double start = Geometry.FirstChannelM, end = Geometry.DistanceOf(Geometry.Channels - 1);
        double reference = referenceM ?? ((start + end) / 2);
        return new SyntheticTruth
        {
            Scenario = Options.Scenario,
            Seed = Options.Seed,
            Epoch = Epoch,
            DurationSeconds = durationSeconds,
            SnrDb = Options.SnrDb,
            SectionStartM = start,
            SectionEndM = end,
            ReferenceM = reference,
            DeadChannels = _fibre.Health.Dead,
            FadingChannels = _fibre.Health.Fading,
            Vehicles = [.. _fibre.Vehicles(0, durationSeconds)
                .Select(v => SyntheticTruth.Describe(v, start, end, reference, durationSeconds))
                .OfType<TruthVehicle>().OrderBy(v => v.EntrySeconds).ThenBy(v => v.Id)],
        };
    }
}
