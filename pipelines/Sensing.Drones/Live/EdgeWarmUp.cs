using Sensing.Vision.Frames;

namespace Sensing.Drones.Live;

/// <summary>Runs every variant of every task before the first segment comes, so that the profile has times and no run
/// pays for the first use of a model.</summary>
public static class EdgeWarmUp
{
    /// <summary>Measures what is not known yet.</summary>
    /// <param name="engine">The accelerator.</param>
    /// <param name="kinds">The tasks.</param>
    /// <param name="frames">Frames like those that will come.</param>
    /// <param name="profile">Takes the times.</param>
    /// <param name="runs">Runs that count, of each variant.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Ends it.</param>
    public static void Run(
        ITaskEngine engine, IEnumerable<DroneTaskKind> kinds, IReadOnlyList<Frame> frames, EdgeProfile profile, int runs, TimeProvider time,
        CancellationToken cancellation = default)
    {
        foreach (DroneTaskKind kind in kinds)
        {
            foreach (TaskVariant variant in engine.VariantsOf(kind).Where(variant => profile.Count(kind, variant) < runs))
            {
                for (int i = -2; i < runs; i++)
                {
                    // A segment of its own each time: nothing is shared.
                    Frame frame = frames[(i + 2) % frames.Count];
                    var segment = new SegmentWork("", i, frame, []);
                    long began = time.GetTimestamp();
                    engine.Run(segment, kind, variant, cancellation);
                    if (i >= 0)
                    {
                        profile.Add(kind, variant, (long)time.GetElapsedTime(began).TotalMicroseconds);
                    }
                }
            }
        }
    }
}
