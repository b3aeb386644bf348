using Sensing.Events;

namespace Sensing.SamplePipeline.Events;

/// <summary>The event types of the weather pipeline.</summary>
public static class WeatherEvents
{
    public static readonly EventType<WeatherSummary> Reading = new(
        "sensing.weather.reading.v1", "Weather", EventPriority.Telemetry,
        "Temperature and wind of a period.", WeatherEventJson.Default.WeatherSummary)
    {
        Retention = TimeSpan.FromDays(30),
        Measures = [new EventMeasure("temperatureC", "Temperature", "°C"), new EventMeasure("windMs", "Wind", "m/s")],
    };

    public static readonly EventType<Gust> Gust = new(
        "sensing.weather.gust.v1", "Gust", EventPriority.Alarm,
        "The wind exceeded its mean by far, for a short time.", WeatherEventJson.Default.Gust)
    {
        Measures = [new EventMeasure("peakMs", "Peak", "m/s")],
    };

    public static readonly EventFamily Family = new("weather", "Weather", Reading, Gust);
}
