using Sensing.Das.Events;
using Sensing.Events;
using Sensing.Modules;
using Sensing.Plots;

namespace Sensing.Das.Figures;

/// <summary>Collects a replay's waterfall tiles and vehicles for one picture.</summary>
public sealed class RoadFigure : IReplayFigure
{
    private readonly List<(DateTimeOffset Time, WaterfallTile Tile)> _tiles = [];
    private readonly List<(DateTimeOffset Time, VehiclePassage Passage)> _vehicles = [];

    /// <summary>Takes a waterfall tile or a vehicle; other events are ignored.</summary>
    public void Add(SensorEvent sensorEvent)
    {
        if (sensorEvent.Type == DasEvents.Waterfall.Name)
        {
            _tiles.Add((sensorEvent.Time, DasEvents.Waterfall.Read(sensorEvent)));
        }
        else if (sensorEvent.Type == DasEvents.Vehicle.Name)
        {
            _vehicles.Add((sensorEvent.Time, DasEvents.Vehicle.Read(sensorEvent)));
        }
    }

    public void Save(string path, string title)
    {
        try
        {
            Draw(title).Save(path);
        }
        catch (Exception error) when (error is PlotException or IOException or UnauthorizedAccessException)
        {
            throw new FigureException(error.Message, error);
        }
    }

    /// <summary>The picture of what was taken; its time starts with the first tile.</summary>
    /// <exception cref="PlotException">There are no tiles, or they do not fit together.</exception>
    public WaterfallFigure Draw(string title)
    {
        if (_tiles.Count == 0)
        {
            throw new PlotException("There is nothing to draw: the pipeline reported no waterfall.");
        }

        (DateTimeOffset start, WaterfallTile first) = _tiles[0];
        if (_tiles.Exists(tile => tile.Tile.Columns != first.Columns || tile.Tile.StepSeconds != first.StepSeconds))
        {
            throw new PlotException("The recording cannot be drawn as one picture: its geometry changes within it. Draw its parts one by one.");
        }

        (DateTimeOffset lastTime, WaterfallTile last) = _tiles[^1];
        int rows = RowOf(lastTime) + last.Rows;
        var values = new float[rows * first.Columns];

        // What no tile covers stays blank.
        Array.Fill(values, float.NaN);
        foreach ((DateTimeOffset time, WaterfallTile tile) in _tiles)
        {
            byte[] levels = Convert.FromBase64String(tile.Levels);
            int begin = RowOf(time) * first.Columns;
            for (int i = 0; i < levels.Length; i++)
            {
                sbyte level = unchecked((sbyte)levels[i]);
                values[begin + i] = level == sbyte.MinValue ? float.NaN : (float)(level * tile.Scale);
            }
        }

        return new WaterfallFigure
        {
            Title = title,
            Values = values,
            Rows = rows,
            Channels = first.Columns,
            StartTime = start,
            StepSeconds = first.StepSeconds,
            FirstM = first.FirstM,
            StepM = first.StepM,
            ValueLabel = first.Unit == "1" ? "normalised strain rate" : $"strain rate, {first.Unit}",
            Tracks = [.. _vehicles.Select(vehicle => new FigureTrack(vehicle.Passage.Direction, vehicle.Passage.Class,
                [.. vehicle.Passage.Track.Select(point => ((vehicle.Time - start).TotalSeconds + point.OffsetSeconds, point.DistanceM))]))],
        };

        int RowOf(DateTimeOffset time) => (int)Math.Round((time - start).TotalSeconds / first.StepSeconds);
    }
}
