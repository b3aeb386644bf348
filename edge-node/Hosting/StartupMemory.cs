namespace Sensing.EdgeNode.Hosting;

/// <summary>Returns to the system what only the start needed.</summary>
/// <remarks>Reading the configuration, the schemas and the first seconds of every stream leave garbage in the large object heap. An idle node
/// allocates so little that no full collection would come for hours: about 8 MB stay resident with one stream.</remarks>
internal static class StartupMemory
{
    /// <summary>Streams have their working buffers by then.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromSeconds(10);

    /// <summary>Waits for the start and a while longer, then collects once.</summary>
    /// <param name="started">Completes once the node runs.</param>
    /// <param name="time">Clock.</param>
    /// <param name="collect">Collects.</param>
    /// <param name="stop">Ends the wait; nothing is collected then.</param>
    public static async Task ReleaseAsync(Task started, TimeProvider time, Action collect, CancellationToken stop)
    {
        try
        {
            await started.WaitAsync(stop);
            await Task.Delay(Delay, time, stop);
            collect();
        }
        catch (Exception) when (stop.IsCancellationRequested || started.IsFaulted)
        {
            // The node is stopping or has not started; its own task reports why.
        }
    }

    /// <summary>A full collection that compacts and gives free memory back.</summary>
    public static void Collect() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
}
