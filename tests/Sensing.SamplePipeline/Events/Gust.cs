using System.ComponentModel;

namespace Sensing.SamplePipeline.Events;

/// <summary>Payload of <c>sensing.weather.gust.v1</c>. The event's time is the gust's end.</summary>
public sealed record Gust
{
    [Description("Strongest wind in the gust, m/s.")]
    public required double PeakMs { get; init; }

    [Description("Mean wind before the gust, m/s.")]
    public required double MeanWindMs { get; init; }

    [Description("Length of the gust, s.")]
    public required double DurationSeconds { get; init; }

    [Description("Strongest wind that the model expects in the next gust, m/s; absent where there is no model or it failed.")]
    public double? OutlookMs { get; init; }
}
