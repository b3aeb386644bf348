using System.Reactive.Linq;
using Sensing.Events;
using Sensing.SamplePipeline.Events;
using Sensing.SamplePipeline.Steps;
using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.SamplePipeline;

/// <summary>Readings of a weather station in; summaries and gusts out.</summary>
public sealed class WeatherPipeline : IPipeline<WeatherReading>
{
    private readonly StreamAddress _address;
    private readonly Summary _summary;
    private readonly GustDetection _gusts;
    private readonly GustOutlooks _outlooks;

    public WeatherPipeline(WeatherOptions options, StreamContext context)
    {
        _address = context.Address;
        _summary = new Summary(options);
        _gusts = new GustDetection(options);
        _outlooks = new GustOutlooks(options, context.Effects);
    }

    public IObservable<SensorEvent> Connect(IStreamInput<WeatherReading> input) => Observable.Merge(
        Readings(input.Samples).Publish(readings => Observable.Merge(
            readings.Through(_summary).Items()
                .Select(item => WeatherEvents.Reading.Create(_address, item.End, "", item.Summary)),
            readings.Through(_gusts).Items()
                .SelectMany(_outlooks.Ask)
                .Select(Report))),
        input.Completions
            .Select(_outlooks.Answer)
            .Select(Report));

    public void Save(BinaryWriter state)
    {
        state.Mark("weather-1");
        foreach (IResumable part in Parts())
        {
            part.Save(state);
        }
    }

    public void Load(BinaryReader state)
    {
        state.Expect("weather-1");
        foreach (IResumable part in Parts())
        {
            part.Load(state);
        }
    }

    private IResumable[] Parts() => [_summary, _gusts, _outlooks];

    /// <summary>The end of a recording is a break: what was begun is reported.</summary>
    private static IObservable<Signal<WeatherReading>> Readings(IObservable<WeatherReading> samples) =>
        samples.Select(Signal<WeatherReading>.Of).Concat(Observable.Return(Signal<WeatherReading>.Break));

    private SensorEvent Report((DateTimeOffset End, Gust Gust) item) => WeatherEvents.Gust.Create(_address, item.End, "", item.Gust);
}
