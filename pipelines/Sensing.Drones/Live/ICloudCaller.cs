using Sensing.Drones.Events;

namespace Sensing.Drones.Live;

/// <summary>Calls an inference endpoint.</summary>
public interface ICloudCaller : IAsyncDisposable
{
    /// <summary>Whether calls are made at present.</summary>
    CloudState State { get; }

    /// <summary>Rate of the uplink as measured, Mbit/s; null before the first call.</summary>
    double? LinkMbits { get; }

    /// <summary>Runs a task in the cloud.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="kind">The task.</param>
    /// <param name="left">Time to its deadline.</param>
    /// <param name="cancellation">Cancelled at the deadline.</param>
    /// <exception cref="CloudCallException">The call was refused or failed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    Task<TaskFindings> CallAsync(SegmentWork segment, DroneTaskKind kind, TimeSpan left, CancellationToken cancellation);
}
