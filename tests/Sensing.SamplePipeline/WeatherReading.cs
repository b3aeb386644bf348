using Sensing.Streams;

namespace Sensing.SamplePipeline;

/// <summary>One reading of a weather station.</summary>
/// <param name="Time">Sensor time, UTC.</param>
/// <param name="TemperatureC">Air temperature, °C.</param>
/// <param name="WindMs">Wind speed, m/s, 0 or more.</param>
public sealed record WeatherReading(DateTimeOffset Time, double TemperatureC, double WindMs) : ITimed
{
    /// <summary>Zero: a reading is an instant.</summary>
    public TimeSpan Duration => TimeSpan.Zero;
}
