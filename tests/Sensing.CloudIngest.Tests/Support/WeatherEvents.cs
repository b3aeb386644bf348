using Sensing.Events;

namespace Sensing.CloudIngest.Tests.Support;

/// <summary>A family that only tests know, with two measures a type.</summary>
public static class WeatherEvents
{
    public static readonly EventMeasure Temperature = new("temperatureC", "Temperature", "°C");

    public static readonly EventMeasure Wind = new("windMs", "Wind", "m/s");

    public static readonly EventType<WeatherObservation> Observation = Observing(Temperature, Wind);

    public static readonly EventFamily Family = new("weather", "Weather", Observation);

    /// <summary>The same type with other measures, as another version of its module may have them.</summary>
    public static EventType<WeatherObservation> Observing(params EventMeasure[] measures) =>
        new("sensing.weather.observation.v1", "Observation", EventPriority.Fact, "The weather was observed.", WeatherJson.Default.WeatherObservation)
        {
            Measures = measures,
            Retention = TimeSpan.FromHours(48),
        };

    public static EventCatalogue Catalogue(params EventMeasure[] measures) => new(new EventFamily("weather", "Weather", Observing(measures)));
}
