using Sensing.Events;

namespace Sensing.Modules;

/// <summary>The picture of one replay.</summary>
public interface IReplayFigure
{
    /// <summary>Takes the pipeline before its first sample, for figures that show more of it than its events.</summary>
    void Watch(object pipeline)
    {
    }

    /// <summary>Takes an event; types that the figure does not show are ignored.</summary>
    void Add(SensorEvent sensorEvent);

    /// <summary>Draws what was taken.</summary>
    /// <param name="path">File, .png or .svg.</param>
    /// <param name="title">Text above it.</param>
    /// <exception cref="FigureException">There is nothing to draw, or the file cannot be written.</exception>
    void Save(string path, string title);
}
