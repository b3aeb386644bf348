namespace Sensing.EdgeNode.Streams;

/// <summary>One run of a stream, from its checkpoint to its end, its failure or its stop.</summary>
internal interface IStreamRun : IDisposable
{
    /// <param name="stop">Ends in order: what waits is processed, committed and checkpointed.</param>
    /// <param name="abort">Ends at once, without a checkpoint.</param>
    /// <returns>True where a recording was read to its end; false where it was stopped.</returns>
    Task<bool> RunAsync(CancellationToken stop, CancellationToken abort);
}
