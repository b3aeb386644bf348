using Sensing.Events;
using Sensing.Marine.Encounters;
using Sensing.Marine.Events;
using Sensing.Marine.Geodesy;
using Sensing.Marine.Watch;
using Sensing.Modules;
using Sensing.Plots;

namespace Sensing.Marine.Figures;

/// <summary>The ways of own ship and its targets, those with encounters by their class, and where each encounter began.</summary>
internal sealed class VoyageFigure : IReplayFigure
{
    private const double Mile = 1852;

    private readonly SortedDictionary<string, VoyageTrack> _targets = new(StringComparer.Ordinal);
    private readonly List<VoyageMark> _marks = [];
    private readonly VoyageTrack _own = new() { Label = "Own ship" };
    private GeoPosition? _origin;

    public void Add(SensorEvent sensorEvent)
    {
        if (sensorEvent.Type == MarineEvents.OwnShip.Name)
        {
            OwnShipReport own = MarineEvents.OwnShip.Read(sensorEvent);
            Add(_own, own.Latitude, own.Longitude, sensorEvent.Time);
        }
        else if (sensorEvent.Type == MarineEvents.Target.Name)
        {
            TrackedTarget target = MarineEvents.Target.Read(sensorEvent);
            VoyageTrack track = Track(target.Target, target.Name);
            Add(track, target.Latitude, target.Longitude, sensorEvent.Time);
        }
        else if (sensorEvent.Type == MarineEvents.Encounter.Name)
        {
            Take(MarineEvents.Encounter.Read(sensorEvent), sensorEvent.Time);
        }
    }

    public void Save(string path, string title)
    {
        if (_own.Points.Count == 0 && _targets.Values.All(track => track.Points.Count == 0))
        {
            throw new FigureException("There is nothing to draw: the recording holds no positions.");
        }

        try
        {
            new VoyageChart { Title = title, Own = _own, Targets = [.. _targets.Values.Where(track => track.Points.Count > 0)], Marks = _marks, Height = 1000 }.Save(path);
        }
        catch (Exception error) when (error is PlotException or IOException or UnauthorizedAccessException)
        {
            throw new FigureException(error.Message, error);
        }
    }

    private VoyageTrack Track(string key, string? name)
    {
        if (!_targets.TryGetValue(key, out VoyageTrack? track))
        {
            _targets[key] = track = new VoyageTrack { Label = key };
        }

        track.Label = name ?? track.Label;
        return track;
    }

    private void Take(Encounter encounter, DateTimeOffset time)
    {
        if (encounter.Kind is null)
        {
            return;
        }

        VoyageTrack track = Track(encounter.Target, encounter.Name);
        track.HadAlert |= encounter.Level > AlertLevel.None;
        if (encounter.Class == EncounterClass.None || encounter.Class == track.Class)
        {
            return;
        }

        track.Class = encounter.Class;
        if (encounter is { RangeM: { } range, BearingDeg: { } bearing } && _own.Points.Count > 0)
        {
            (double east, double north, _) = _own.Points[^1];
            double angle = bearing * Math.PI / 180;
            _marks.Add(new VoyageMark(
                track, east + (range / Mile * Math.Sin(angle)), north + (range / Mile * Math.Cos(angle)), encounter.Class, time));
        }
    }

    private void Add(VoyageTrack track, double? latitude, double? longitude, DateTimeOffset time)
    {
        if (latitude is not { } lat || longitude is not { } lon)
        {
            return;
        }

        var position = new GeoPosition(lat, lon);
        _origin ??= position;
        double distance = Geodesic.Distance(_origin.Value, position) / Mile, angle = Geodesic.Bearing(_origin.Value, position) * Math.PI / 180;
        track.Points.Add((distance * Math.Sin(angle), distance * Math.Cos(angle), time));
    }
}
