using System.ComponentModel;

namespace Sensing.CloudIngest.Tests.Support;

/// <summary>Payload of <c>sensing.weather.observation.v1</c>.</summary>
public sealed record WeatherObservation(
    [property: Description("Air temperature, °C.")] double TemperatureC,
    [property: Description("Wind speed, m/s; absent where the sensor stands still.")] double? WindMs = null,
    [property: Description("Relative humidity, 0 to 1.")] double? Humidity = null);
