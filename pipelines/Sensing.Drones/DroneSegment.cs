using Sensing.Streams;
using Sensing.Vision.Frames;

namespace Sensing.Drones;

/// <summary>A video segment of a drone: the frame that its tasks look at.</summary>
/// <param name="Drone">Name of the drone.</param>
/// <param name="Number">Number of its segment, from 0.</param>
/// <param name="Time">When it arrived, UTC.</param>
/// <param name="Frame">The frame; the segment's own.</param>
public sealed record DroneSegment(string Drone, long Number, DateTimeOffset Time, Frame Frame) : ITimed, IDisposable
{
    /// <summary>Zero: a segment arrives at an instant.</summary>
    public TimeSpan Duration => TimeSpan.Zero;

    public void Dispose() => Frame.Dispose();
}
