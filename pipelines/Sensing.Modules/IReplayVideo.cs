namespace Sensing.Modules;

/// <summary>The video of one replay.</summary>
public interface IReplayVideo : IAsyncDisposable
{
    /// <summary>Takes the pipeline before its first sample: it follows what the pipeline sees.</summary>
    void Watch(object pipeline);

    /// <summary>Writes what is left and closes the file.</summary>
    /// <exception cref="FigureException">There is nothing to show, or the file cannot be written.</exception>
    Task FinishAsync();
}
