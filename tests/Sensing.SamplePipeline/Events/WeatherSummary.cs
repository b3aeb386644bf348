using System.ComponentModel;

namespace Sensing.SamplePipeline.Events;

/// <summary>Payload of <c>sensing.weather.reading.v1</c>: a period that ends at the event's time.</summary>
public sealed record WeatherSummary
{
    [Description("Mean air temperature, °C.")]
    public required double TemperatureC { get; init; }

    [Description("Mean wind speed, m/s.")]
    public required double WindMs { get; init; }

    [Description("Strongest reading of the wind, m/s.")]
    public required double StrongestWindMs { get; init; }

    [Description("Readings in the period.")]
    public required int Readings { get; init; }
}
