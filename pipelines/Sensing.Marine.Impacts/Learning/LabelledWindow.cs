using Sensing.Marine.Impacts.Inertial;

namespace Sensing.Marine.Impacts.Learning;

/// <summary>A recorded window with what it shows.</summary>
/// <param name="Case">Its number or name in the file.</param>
/// <param name="Class">Name of its class.</param>
/// <param name="Start">When it began; null: unknown.</param>
/// <param name="Motion">The readings.</param>
public sealed record LabelledWindow(string Case, string Class, DateTimeOffset? Start, MotionWindow Motion)
{
    /// <summary>Between windows of one flight or voyage there is less time than this.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    /// <summary>Numbers of the flights or voyages that windows belong to: a new one begins after a pause of 5 min. Windows without a time are one each.</summary>
    public static int[] Voyages(IReadOnlyList<LabelledWindow> windows)
    {
        int[] made = new int[windows.Count];
        int[] order = [.. Enumerable.Range(0, windows.Count).OrderBy(i => windows[i].Start ?? DateTimeOffset.MaxValue).ThenBy(i => i)];
        int voyage = -1;
        DateTimeOffset? last = null;
        foreach (int i in order)
        {
            voyage += last is { } before && windows[i].Start is { } start && start - before < Pause ? 0 : 1;
            (made[i], last) = (voyage, windows[i].Start);
        }

        return made;
    }
}
