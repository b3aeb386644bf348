using System.Reactive.Linq;
using Sensing.Effects;
using Sensing.Events;
using Sensing.Marine.Navigation;
using Sensing.Marine.Report;
using Sensing.Marine.SignalK;
using Sensing.Marine.Targets;
using Sensing.Marine.Watch;
using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.Marine;

/// <summary>A watch on the bridge: NMEA 0183 and AIS in; own ship, targets and encounters out.</summary>
/// <remarks>The edge layer of arXiv 2506.18024 for collisions about to happen. <see cref="Connect"/> reads top to bottom.</remarks>
public sealed class MarinePipeline : IPipeline<NmeaLine>
{
    private readonly Decoding _decoding = new();
    private readonly Tracking _tracking;
    private readonly Watchkeeping _watch;
    private readonly EncounterReport _encounters;
    private readonly Telemetry _telemetry;
    private readonly RefusalReport _refusals;
    private readonly SignalKOutput _signalK;

    /// <param name="options">How watch is kept.</param>
    /// <param name="address">The stream, for the events.</param>
    /// <param name="effects">Sends to a Signal K server, where the options name one (default: nothing does).</param>
    public MarinePipeline(MarineOptions options, StreamAddress address, IEffectExecutor? effects = null)
    {
        _signalK = new SignalKOutput(options, address, effects ?? NoEffects.Instance);
        _tracking = new Tracking(options);
        _watch = new Watchkeeping(options);
        _encounters = new EncounterReport(options, address);
        _telemetry = new Telemetry(options, address);
        _refusals = new RefusalReport(_decoding, address);
    }

    public IObservable<SensorEvent> Connect(IStreamInput<NmeaLine> input) => Lines(input.Samples)
        .Through(_decoding)
        .Through(_tracking)
        .Publish(pictures => Observable.Merge(
            pictures.Through(_watch).Items().Select(_encounters.Of),

            // After the watch: with the encounters that it has brought up to date.
            pictures.Through(_telemetry).Items(),
            pictures.Through(_refusals).Items(),
            pictures.Through(_signalK).Items()))
        .Merge(input.Completions.SelectMany(_signalK.Take));

    public void Save(BinaryWriter state)
    {
        state.Mark("marine-1");
        foreach (IResumable part in Parts())
        {
            part.Save(state);
        }
    }

    public void Load(BinaryReader state)
    {
        state.Expect("marine-1");
        foreach (IResumable part in Parts())
        {
            part.Load(state);
        }
    }

    /// <summary>The end of a recording is a break: what was begun is reported.</summary>
    private static IObservable<Signal<NmeaLine>> Lines(IObservable<NmeaLine> samples) =>
        samples.Select(Signal<NmeaLine>.Of).Concat(Observable.Return(Signal<NmeaLine>.Break));

    private IResumable[] Parts() => [_decoding, _tracking, _watch, _telemetry, _refusals];
}
