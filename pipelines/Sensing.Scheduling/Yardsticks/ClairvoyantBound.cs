using Sensing.Scheduling.Simulation;

namespace Sensing.Scheduling.Yardsticks;

/// <summary>
/// An upper bound on the utility of any policy: the linear relaxation of the problem with all real times known.
/// </summary>
/// <remarks>
/// Each task may be run in the cloud where that would have been in time, and any share of it on an edge that may interrupt
/// it: maximise Σ cᵢ + Σ (γE − cᵢ) xᵢ over 0 ≤ xᵢ ≤ 1 with, for every span [a, b], Σ eᵢ xᵢ over the tasks released and due
/// within it ≤ b − a. Those spans say exactly that the amounts eᵢ xᵢ can be moved into the time between release and
/// deadline (max-flow, min-cut), so the feasible amounts are a polymatroid and taking tasks in falling order of
/// (γE − cᵢ) / eᵢ, each for as much as still fits, is optimal (Edmonds 1970). Whole numbers of µs throughout, no solver;
/// the measure checks it against one.
/// </remarks>
public static class ClairvoyantBound
{
    /// <param name="stream">Tasks with their real times.</param>
    /// <param name="conditions">How the cloud behaves.</param>
    /// <param name="latency">The cloud's timeout.</param>
    public static double Utility(TaskStream stream, CloudConditions conditions, LatencyOptions latency)
    {
        IReadOnlyList<EdgeOffer> offers = Offers(stream, conditions, latency, out long cloud);
        var room = new EdgeRoom(offers);
        double edge = 0;
        foreach (EdgeOffer offer in offers.OrderByDescending(o => (double)o.Gain / o.Time).ThenBy(o => o.Release))
        {
            edge += (double)offer.Gain * room.Take(offer) / offer.Time;
        }

        return cloud + edge;
    }

    /// <summary>What the edge could add for each task to what the cloud would bring; tasks it adds nothing to are left out.</summary>
    /// <param name="stream">Tasks with their real times.</param>
    /// <param name="conditions">How the cloud behaves.</param>
    /// <param name="latency">The cloud's timeout.</param>
    /// <param name="cloud">Σ cᵢ: the utility with no edge at all.</param>
    public static IReadOnlyList<EdgeOffer> Offers(
        TaskStream stream, CloudConditions conditions, LatencyOptions latency, out long cloud)
    {
        var offers = new List<EdgeOffer>();
        cloud = 0;
        long upload = stream.Workload.Uplink?.UploadTime ?? 0;
        double fastest = stream.Workload.EdgeSlowdowns.Select(s => s.Factor).Append(1).Min();
        foreach (InferenceTask task in stream.Tasks)
        {
            int worth = CloudHindsight.Worth(task, stream.CloudTimes[task.Id], conditions, latency, upload);
            cloud += worth;

            // No run is shorter than where the edge is fastest, so the bound holds, if loosely, on one that slows down.
            long time = (long)(stream.EdgeTimes[task.Id] * fastest);
            if (task.Type.EdgeUtility > worth && task.Release + time <= task.Deadline)
            {
                offers.Add(new EdgeOffer(task.Release, task.Deadline, time, task.Type.EdgeUtility - worth));
            }
        }

        return offers;
    }
}
