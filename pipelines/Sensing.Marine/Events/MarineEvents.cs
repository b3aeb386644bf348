using Sensing.Events;

namespace Sensing.Marine.Events;

/// <summary>The event types of the marine pipeline.</summary>
public static class MarineEvents
{
    public static readonly EventType<Encounter> Encounter = new(
        "sensing.marine.encounter.v1", "Encounter", EventPriority.Alarm,
        "Class, duty or level of an encounter with a target have changed.", MarineEventJson.Default.Encounter)
    {
        Measures = [new EventMeasure("cpaM", "Closest approach", "m")],
    };

    public static readonly EventType<TrackedTarget> Target = new(
        "sensing.marine.target.v1", "Target", EventPriority.Telemetry,
        "A target with its position, motion and closest approach, at intervals and when its state changes.", MarineEventJson.Default.TrackedTarget)
    {
        Retention = TimeSpan.FromDays(7),
    };

    public static readonly EventType<OwnShipReport> OwnShip = new(
        "sensing.marine.own-ship.v1", "Own ship", EventPriority.Telemetry,
        "Own ship's position and motion, at intervals.", MarineEventJson.Default.OwnShipReport)
    {
        Retention = TimeSpan.FromDays(30),
        Measures = [new EventMeasure("speedKn", "Speed", "kn")],
    };

    public static readonly EventType<ImpactReport> Impact = new(
        "sensing.marine.impact.v1", "Impact", EventPriority.Alarm,
        "The vessel has been struck or has struck something: first the alarm, then the record of the whole motion.", MarineEventJson.Default.ImpactReport)
    {
        Measures = [new EventMeasure("peakMs2", "Peak", "m/s²")],
    };

    public static readonly EventType<ModelReport> Model = new(
        "sensing.marine.model.v1", "Impact model", EventPriority.Fact,
        "A model of impacts runs in shadow, is in use, was rejected or was reverted.", MarineEventJson.Default.ModelReport);

    public static readonly EventType<ImpactWindow> Window = new(
        "sensing.marine.impact-window.v1", "Uncertain motion", EventPriority.Telemetry,
        "A motion that the model of impacts was not sure of, within a budget of bytes.", MarineEventJson.Default.ImpactWindow)
    {
        Retention = TimeSpan.FromDays(365),
    };

    public static readonly EventFamily Family = new("marine", "Marine", Encounter, Target, OwnShip, Impact, Model, Window);
}
