namespace Sensing.Das.Condition;

/// <summary>Which channels the section takes and how they are put together into positions.</summary>
internal sealed class FibreLayout
{
    public FibreLayout(DasGeometry geometry, DasOptions options)
    {
        Geometry = geometry;
        int first = Math.Max(0, (int)Math.Ceiling(((options.FromM ?? double.NegativeInfinity) - geometry.FirstChannelM) / geometry.ChannelStepM));
        double last = Math.Floor(((options.ToM ?? double.PositiveInfinity) - geometry.FirstChannelM) / geometry.ChannelStepM);
        int end = (int)Math.Clamp(last + 1, 0, geometry.Channels);
        ChannelsPerPosition = Math.Max(1, (int)Math.Round(options.Condition.PositionStepM / geometry.ChannelStepM));
        FirstChannel = Math.Min(first, geometry.Channels);
        Positions = Math.Max(0, end - FirstChannel) / ChannelsPerPosition;
        StepM = ChannelsPerPosition * geometry.ChannelStepM;
        Masked = [.. Enumerable.Range(FirstChannel, Channels).Select(c => options.MaskedChannels.Any(m => c >= m.From && c <= m.To))];
        FirstM = geometry.DistanceOf(FirstChannel + ((ChannelsPerPosition - 1) / 2.0));

        // Two stages: about 100 Hz keeps the vibration band, and the passage band needs no more than the configured rate.
        double rate = 1 / geometry.TimeStepSeconds;
        FirstFactor = Math.Max(1, (int)(rate / Math.Max(100, 3 * options.Condition.VibrationHighHz)));
        SecondFactor = Math.Max(1, (int)((rate / FirstFactor / options.Condition.RateHz) + 1e-9));
        StepSeconds = geometry.TimeStepSeconds * FirstFactor * SecondFactor;
    }

    public DasGeometry Geometry { get; }

    public int FirstChannel { get; }

    public int ChannelsPerPosition { get; }

    public int Positions { get; }

    public int Channels => Positions * ChannelsPerPosition;

    /// <summary>Which of the section's channels the configuration sets aside.</summary>
    public IReadOnlyList<bool> Masked { get; }

    /// <summary>Distance from position to position, m.</summary>
    public double StepM { get; }

    /// <summary>Distance of position 0 along the fibre, m.</summary>
    public double FirstM { get; }

    public int FirstFactor { get; }

    public int SecondFactor { get; }

    /// <summary>Time from conditioned row to row, s.</summary>
    public double StepSeconds { get; }

    public double RateHz => 1 / StepSeconds;

    public double DistanceOf(int position) => FirstM + (position * StepM);
}
