namespace Sensing.Streams;

/// <summary>Opens a live input or a recording and yields timed samples.</summary>
/// <remarks>
/// What must hold (every source runs the conformance suite): every sample is yielded once and in order of time; opened
/// after a position it yields exactly what followed that position, the same samples in blocks that may be cut elsewhere;
/// bad input is a notice with file, position and remedy, and what is good after it is still yielded; an input that cannot
/// be opened at all throws <see cref="SourceException"/>; cancellation ends the enumeration promptly.
/// </remarks>
public interface ISource<TSample> : IAsyncDisposable
    where TSample : class, ITimed
{
    SourceBehaviour Behaviour { get; }

    /// <summary>Reads from the beginning, or from what follows <paramref name="after"/>.</summary>
    IAsyncEnumerable<SourceItem<TSample>> ReadAsync(SourcePosition? after, CancellationToken cancellation);
}
