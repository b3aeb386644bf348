using Sensing.CloudIngest.Log;
using Sensing.Events;

namespace Sensing.CloudIngest.Store;

/// <summary>Who holds how much of the room for dead letters. Where it is short, the senders that have most lose their oldest, so that one
/// sender's garbage does not remove what another one's broken device has left for a person to read.</summary>
internal static class DeadLetterShares
{
    /// <summary>A trim leaves this much below the bound (a sixteenth), and is looked for after as many bytes.</summary>
    public const int Slack = 16;

    private const int RowBytes = 64;

    /// <summary>The node whose topic it came on; empty where it was no node's.</summary>
    public static string SenderOf(DeadLetterRecord letter)
    {
        string[] parts = letter.Topic.Split('/', 5);
        return parts is ["sensing", "v1", _, var node, _] && StreamAddress.IsName(node) ? node : "";
    }

    /// <summary>What it takes of the store, about, bytes.</summary>
    public static int SizeOf(DeadLetterRecord letter) => letter.Topic.Length + letter.Properties.Length + letter.Reason.Length + letter.Payload.Length + RowBytes;

    /// <summary>The largest share that each sender may keep so that all shares together are within <paramref name="bound"/>.</summary>
    /// <param name="totals">What each has.</param>
    /// <param name="bound">For all of them.</param>
    public static long Level(IReadOnlyCollection<long> totals, long bound)
    {
        long left = Math.Max(0, bound);
        int senders = totals.Count;
        foreach (long total in totals.Order())
        {
            if (total > left / senders)
            {
                return left / senders;
            }

            left -= total;
            senders--;
        }

        return long.MaxValue;
    }
}
