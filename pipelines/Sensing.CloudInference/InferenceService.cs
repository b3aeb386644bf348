using System.Threading.Channels;
using Sensing.Drones.Live;
using Sensing.Vision.Frames;

namespace Sensing.CloudInference;

/// <summary>Runs tasks on a number of engines side by side; a request that cannot be served by its deadline is refused
/// at once.</summary>
/// <remarks>Batching does not pay on a processor; sessions side by side do.</remarks>
public sealed class InferenceService : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Channel<ITaskEngine> _free = Channel.CreateUnbounded<ITaskEngine>();
    private readonly IReadOnlyList<ITaskEngine> _engines;
    private readonly EdgeProfile _profile;
    private long _admitted;

    /// <param name="engines">The engines; disposed with the service.</param>
    /// <param name="profile">Times of the variants; kept up to date.</param>
    /// <param name="time">The clock.</param>
    public InferenceService(IReadOnlyList<ITaskEngine> engines, EdgeProfile profile, TimeProvider time)
    {
        _engines = engines;
        _profile = profile;
        Time = time;
        foreach (ITaskEngine engine in engines)
        {
            _free.Writer.TryWrite(engine);
        }
    }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>Runs a task.</summary>
    /// <param name="kind">The task.</param>
    /// <param name="jpeg">The picture.</param>
    /// <param name="left">Time to its deadline; null: it has none.</param>
    /// <param name="cancellation">Cancelled when the caller has gone.</param>
    /// <exception cref="DeadlineRefusedException">It cannot be served by its deadline.</exception>
    /// <exception cref="InvalidDataException">The picture cannot be read.</exception>
    public async Task<TaskFindings> RunAsync(DroneTaskKind kind, ReadOnlyMemory<byte> jpeg, TimeSpan? left, CancellationToken cancellation)
    {
        TaskVariant variant = _engines[0].VariantsOf(kind)[0];
        long own = _profile.Percentile95(kind, variant) ?? 0;
        lock (_gate)
        {
            TimeSpan expected = TimeSpan.FromMicroseconds((_admitted / _engines.Count) + own);
            if (left is { } limit && expected > limit)
            {
                throw new DeadlineRefusedException(expected, limit);
            }

            _admitted += own;
        }

        try
        {
            ITaskEngine engine = await _free.Reader.ReadAsync(cancellation).ConfigureAwait(false);
            try
            {
                return await Task.Run(() => Run(engine, kind, variant, jpeg, cancellation), cancellation).ConfigureAwait(false);
            }
            finally
            {
                _free.Writer.TryWrite(engine);
            }
        }
        finally
        {
            lock (_gate)
            {
                _admitted -= own;
            }
        }
    }

    public void Dispose()
    {
        foreach (ITaskEngine engine in _engines)
        {
            engine.Dispose();
        }
    }

    private TaskFindings Run(ITaskEngine engine, DroneTaskKind kind, TaskVariant variant, ReadOnlyMemory<byte> jpeg, CancellationToken cancellation)
    {
        long began = Time.GetTimestamp();
        using Frame frame = FrameImage.Decode(jpeg.Span, default);
        TaskRun run = engine.Run(new SegmentWork("", 0, frame, []), kind, variant, cancellation);
        _profile.Add(kind, variant, (long)Time.GetElapsedTime(began).TotalMicroseconds);
        return run.Findings;
    }
}
