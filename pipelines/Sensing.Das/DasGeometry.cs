namespace Sensing.Das;

/// <summary>How the samples of a fibre lie in time and along the fibre.</summary>
/// <param name="Channels">Channels, 1 or more.</param>
/// <param name="TimeStepSeconds">Time from sample to sample, s, above 0.</param>
/// <param name="ChannelStepM">Distance from channel to channel, m, above 0.</param>
/// <param name="FirstChannelM">Distance along the fibre of channel 0, m.</param>
/// <param name="GaugeLengthM">Gauge length, m; 0 where it is not known.</param>
public sealed record DasGeometry(
    int Channels, double TimeStepSeconds, double ChannelStepM, double FirstChannelM, double GaugeLengthM = 0)
{
    /// <summary>Time of sample <paramref name="sample"/> of a grid whose sample 0 is at <paramref name="epoch"/>, rounded to 100 ns.</summary>
    public DateTimeOffset TimeOf(DateTimeOffset epoch, long sample) =>
        epoch.AddTicks((long)Math.Round(sample * TimeStepSeconds * TimeSpan.TicksPerSecond));

    /// <summary>Distance along the fibre of <paramref name="channel"/>, m.</summary>
    public double DistanceOf(double channel) => FirstChannelM + (channel * ChannelStepM);
}
