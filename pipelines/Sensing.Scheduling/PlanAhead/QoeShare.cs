namespace Sensing.Scheduling.PlanAhead;

/// <summary>What one more completion adds to the bonus of its window, for a policy that is asked for quality of experience.</summary>
internal sealed class QoeShare(IReadOnlyList<InferenceTaskType> types, PlanAheadOptions options)
{
    private const int Kept = 4;

    private readonly Tally[,] _tallies = new Tally[types.Count, Kept];

    public void Arrived(InferenceTask task) => Of(task).Arrived++;

    public void Ended(InferenceTask task)
    {
        ref Tally tally = ref Of(task);
        tally.Ended++;
        tally.Completed += task.State == TaskState.Completed ? 1 : 0;
    }

    /// <summary>
    /// An equal share of the bonus for each completion that is still needed, so that a window is finished rather than three
    /// begun; 0 where it is won or lost.
    /// </summary>
    /// <param name="type">Whose completion.</param>
    /// <param name="release">Of its segment, µs.</param>
    /// <param name="now">The present, µs.</param>
    public double For(int type, long release, long now)
    {
        ref Tally tally = ref Of(type, release);
        long window = release / options.Qoe.Window;
        double passed = Math.Clamp((double)(now - (window * options.Qoe.Window)) / options.Qoe.Window, 0.02, 1);
        double all = Math.Max(tally.Arrived, tally.Arrived / passed);
        if (passed <= 0.1)
        {
            all = Math.Max(all, Of(type, release - options.Qoe.Window).Arrived);
        }

        double needed = Math.Ceiling(options.Qoe.Rate * all) - tally.Completed;
        double left = all - tally.Ended;
        return needed <= 0 || needed > left + 1 || all <= 0 ? 0
            : options.QoeWeight * types[type].QoeBonus / Math.Max(1, needed);
    }

    private ref Tally Of(InferenceTask task) => ref Of(task.TypeIndex, task.Release);

    private ref Tally Of(int type, long release)
    {
        long window = Math.Max(0, release) / options.Qoe.Window;
        ref Tally tally = ref _tallies[type, window % Kept];
        if (tally.Window != window)
        {
            tally = new Tally { Window = window };
        }

        return ref tally;
    }

    private struct Tally
    {
        public long Window;
        public int Arrived;
        public int Ended;
        public int Completed;
    }
}
