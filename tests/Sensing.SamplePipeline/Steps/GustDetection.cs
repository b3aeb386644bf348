using Sensing.SamplePipeline.Events;
using Sensing.Steps;

namespace Sensing.SamplePipeline.Steps;

/// <summary>Readings in, gusts out: the wind exceeds its mean by a threshold, and falls below half of it again.</summary>
internal sealed class GustDetection(WeatherOptions options) : IStep<WeatherReading, (DateTimeOffset End, Gust Gust)>
{
    private readonly WindMean _mean = new(options.MeanWindSeconds);
    private DateTimeOffset? _began;
    private double _peak;
    private double _meanBefore;

    public void Next(WeatherReading item, Action<(DateTimeOffset End, Gust Gust)> emit)
    {
        if (_began is null && item.WindMs > _mean.Value + options.GustAboveMeanMs)
        {
            (_began, _peak, _meanBefore) = (item.Time, item.WindMs, _mean.Value);
        }
        else if (_began is { } began && item.WindMs < _meanBefore + (options.GustAboveMeanMs / 2))
        {
            emit((item.Time, new Gust { PeakMs = _peak, MeanWindMs = _meanBefore, DurationSeconds = (item.Time - began).TotalSeconds }));
            _began = null;
        }
        else if (_began is not null)
        {
            _peak = Math.Max(_peak, item.WindMs);
        }

        if (_began is null)
        {
            _mean.Add(item);
        }
    }

    public void Break(Action<(DateTimeOffset End, Gust Gust)> emit) => _began = null;

    public void Save(BinaryWriter state)
    {
        _mean.Save(state);
        state.Write(_began?.UtcTicks ?? -1);
        state.Write(_peak);
        state.Write(_meanBefore);
    }

    public void Load(BinaryReader state)
    {
        _mean.Load(state);
        _began = state.ReadInt64() is >= 0 and long ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
        _peak = state.ReadDouble();
        _meanBefore = state.ReadDouble();
    }
}
