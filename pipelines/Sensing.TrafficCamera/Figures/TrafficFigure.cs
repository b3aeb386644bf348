using Sensing.Events;
using Sensing.Modules;
using Sensing.Plots;
using Sensing.TrafficCamera.Events;
using Sensing.TrafficCamera.Tracks;
using Sensing.Vision.Drawing;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Figures;

/// <summary>The busiest frame of a replay with its vehicles, over the congestion index of each approach.</summary>
internal sealed class TrafficFigure : IReplayFigure
{
    private const int Width = 1400;
    private const int ChartHeight = 500;

    private readonly SortedDictionary<string, List<(DateTimeOffset Time, double Index)>> _series = new(StringComparer.Ordinal);
    private int _busiest = -1;
    private byte[]? _picture;
    private int _pictureHeight;

    public void Watch(object pipeline)
    {
        if (pipeline is TrafficPipeline traffic)
        {
            traffic.Tracked += Take;
        }
    }

    public void Add(SensorEvent sensorEvent)
    {
        if (sensorEvent.Type == TrafficEvents.Approach.Name)
        {
            ApproachState state = TrafficEvents.Approach.Read(sensorEvent);
            if (!_series.TryGetValue(state.Approach, out List<(DateTimeOffset, double)>? series))
            {
                _series[state.Approach] = series = [];
            }

            series.Add((sensorEvent.Time, state.Index));
        }
    }

    public void Save(string path, string title)
    {
        if (_picture is null || _series.Count == 0)
        {
            throw new FigureException("There is nothing to draw: the recording holds no frames.");
        }

        try
        {
            new PictureOverChart
            {
                Title = title,
                Picture = _picture,
                PictureWidth = Width,
                PictureHeight = _pictureHeight,
                Chart = Chart(),
            }.Save(path);
        }
        catch (Exception error) when (error is PlotException or IOException or UnauthorizedAccessException)
        {
            throw new FigureException(error.Message, error);
        }
    }

    private LineChart Chart()
    {
        DateTimeOffset start = _series.Values.Min(series => series[0].Time);
        return new LineChart
        {
            Width = Width,
            Height = ChartHeight,
            PlaceLabel = "time, s",
            ValueLabel = "congestion index",
            ShowMarkers = false,
            FromZero = true,
            Series =
            [
                .. _series.Select(item => new ChartSeries(item.Key, [.. item.Value.Select(point => point.Index)])
                {
                    Places = [.. item.Value.Select(point => (point.Time - start).TotalSeconds)],
                }),
            ],
        };
    }

    private void Take(IReadOnlyList<TrackedFrame> approaches)
    {
        int vehicles = approaches.Sum(approach => approach.Vehicles.Count(vehicle => vehicle.Confirmed && vehicle.Seen));
        if (vehicles > _busiest)
        {
            _busiest = vehicles;
            Frame seen = approaches[0].Seen.Frame;
            using var canvas = new FrameCanvas(seen, (double)Width / seen.Width);
            AnnotatedPicture.Draw(canvas, approaches);
            _picture = canvas.ToPng();
            _pictureHeight = canvas.Height;
        }
    }
}
