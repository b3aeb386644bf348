using Sensing.SamplePipeline.Events;
using Sensing.Steps;

namespace Sensing.SamplePipeline.Steps;

/// <summary>Readings in, one summary for each period out. Periods begin at multiples of their length, so a restart cuts none.</summary>
internal sealed class Summary(WeatherOptions options) : IStep<WeatherReading, (DateTimeOffset End, WeatherSummary Summary)>
{
    private readonly long _period = (long)(options.SummarySeconds * TimeSpan.TicksPerSecond);
    private long _number = -1;
    private int _readings;
    private double _temperature;
    private double _wind;
    private double _strongest;

    public void Next(WeatherReading item, Action<(DateTimeOffset End, WeatherSummary Summary)> emit)
    {
        long number = item.Time.UtcTicks / _period;
        if (number != _number)
        {
            Break(emit);
            _number = number;
        }

        _readings++;
        _temperature += item.TemperatureC;
        _wind += item.WindMs;
        _strongest = Math.Max(_strongest, item.WindMs);
    }

    public void Break(Action<(DateTimeOffset End, WeatherSummary Summary)> emit)
    {
        if (_readings > 0)
        {
            emit((new DateTimeOffset((_number + 1) * _period, TimeSpan.Zero), new WeatherSummary
            {
                TemperatureC = Math.Round(_temperature / _readings, 2),
                WindMs = Math.Round(_wind / _readings, 2),
                StrongestWindMs = _strongest,
                Readings = _readings,
            }));
        }

        (_readings, _temperature, _wind, _strongest) = (0, 0, 0, 0);
    }

    public void Save(BinaryWriter state)
    {
        state.Write(_number);
        state.Write(_readings);
        state.Write(_temperature);
        state.Write(_wind);
        state.Write(_strongest);
    }

    public void Load(BinaryReader state)
    {
        _number = state.ReadInt64();
        _readings = state.ReadInt32();
        _temperature = state.ReadDouble();
        _wind = state.ReadDouble();
        _strongest = state.ReadDouble();
    }
}
