using System.Runtime.CompilerServices;
using Sensing.Das;

namespace Sensing.Benchmarks.Das;

/// <summary>A recording read from any of its instants, then on from its beginning, as a node sees it that was started then.</summary>
internal static class RecordedRing
{
    /// <summary>Pause between the recording's end and its beginning, s: filters and lines begin anew, what was learnt stays.</summary>
    public const double PauseSeconds = 60;

    /// <summary>The blocks; those after the pause are later by <paramref name="lapSeconds"/>.</summary>
    /// <param name="path">HDF5 recording.</param>
    /// <param name="startSeconds">Where reading starts, s.</param>
    /// <param name="untilSeconds">Where the second lap ends, s; 0: there is none.</param>
    /// <param name="lapSeconds">Length of the recording and the pause, s.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async IAsyncEnumerable<DasBlock> ReadAsync(
        string path, double startSeconds, double untilSeconds, double lapSeconds, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (DasBlock block in LapAsync(path, startSeconds, double.PositiveInfinity, 0, cancellation))
        {
            yield return block;
        }

        if (untilSeconds > 0)
        {
            await foreach (DasBlock block in LapAsync(path, 0, untilSeconds, lapSeconds, cancellation))
            {
                yield return block;
            }
        }
    }

    /// <summary>Length of a recording, s.</summary>
    public static async Task<double> LengthAsync(string path, CancellationToken cancellation)
    {
        DateTimeOffset? first = null;
        double length = 0;
        await foreach (DasBlock block in RecordedVehicles.Read(path, cancellation))
        {
            using (block)
            {
                first ??= block.Time;
                length = (block.Time + block.Duration - first.Value).TotalSeconds;
            }
        }

        return length;
    }

    private static async IAsyncEnumerable<DasBlock> LapAsync(
        string path, double from, double to, double shift, [EnumeratorCancellation] CancellationToken cancellation)
    {
        DateTimeOffset? first = null;
        await foreach (DasBlock block in RecordedVehicles.Read(path, cancellation))
        {
            using (block)
            {
                first ??= block.Time;
                double at = (block.Time - first.Value).TotalSeconds;
                if (at >= to)
                {
                    yield break;
                }

                int skipped = Math.Clamp((int)Math.Ceiling((from - at) / block.Geometry.TimeStepSeconds), 0, block.Rows);
                if (skipped == block.Rows)
                {
                    continue;
                }

                var part = new DasBlock(block.Geometry, block.Epoch.AddSeconds(shift), block.FirstSample + skipped, block.Rows - skipped);
                block.Values[(skipped * block.Geometry.Channels)..].CopyTo(part.Values);
                yield return part;
            }
        }
    }
}
