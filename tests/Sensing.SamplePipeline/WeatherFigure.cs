using Sensing.Events;
using Sensing.Modules;
using Sensing.Plots;
using Sensing.SamplePipeline.Events;

namespace Sensing.SamplePipeline;

/// <summary>Temperature and wind of a replay over time.</summary>
public sealed class WeatherFigure : IReplayFigure
{
    private readonly List<(DateTimeOffset Time, WeatherSummary Summary)> _summaries = [];

    public void Add(SensorEvent sensorEvent)
    {
        if (sensorEvent.Type == WeatherEvents.Reading.Name)
        {
            _summaries.Add((sensorEvent.Time, WeatherEvents.Reading.Read(sensorEvent)));
        }
    }

    public void Save(string path, string title)
    {
        if (_summaries.Count == 0)
        {
            throw new FigureException("There is nothing to draw: the recording holds no readings.");
        }

        double[] minutes = [.. _summaries.Select(item => (item.Time - _summaries[0].Time).TotalMinutes)];
        var chart = new LineChart
        {
            Title = title,
            PlaceLabel = "minutes",
            ValueLabel = "°C, m/s",
            ShowMarkers = false,
            Series =
            [
                new ChartSeries("Temperature, °C", [.. _summaries.Select(item => item.Summary.TemperatureC)]) { Places = minutes },
                new ChartSeries("Mean wind, m/s", [.. _summaries.Select(item => item.Summary.WindMs)]) { Places = minutes },
                new ChartSeries("Strongest wind, m/s", [.. _summaries.Select(item => item.Summary.StrongestWindMs)]) { Places = minutes },
            ],
        };
        try
        {
            chart.Save(path);
        }
        catch (Exception error) when (error is PlotException or IOException or UnauthorizedAccessException)
        {
            throw new FigureException(error.Message, error);
        }
    }
}
