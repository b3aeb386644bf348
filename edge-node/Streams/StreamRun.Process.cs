using System.Reactive.Subjects;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using Sensing.Events.Node;
using Sensing.Streams;

namespace Sensing.EdgeNode.Streams;

internal sealed partial class StreamRun<TSample>
{
    private static readonly TimeSpan TellDroppedEvery = TimeSpan.FromMinutes(1);

    private ExceptionDispatchInfo? _pipelineFailure;
    private long _samples;
    private long _toldDropped;
    private long? _toldDroppedAt;

    /// <returns>True where a recording has ended.</returns>
    private async Task<bool> ProcessAsync(
        ChannelReader<SourceItem<TSample>> items, SourceBehaviour behaviour, CancellationToken stop, CancellationToken abort)
    {
        using var samples = new Subject<TSample>();
        using IDisposable chain = _pipeline!.Connect(samples).Subscribe(
            _events.Add, error => _pipelineFailure ??= ExceptionDispatchInfo.Capture(error));
        Exception? sourceFailure = null;
        try
        {
            while (await items.WaitToReadAsync(abort))
            {
                while (items.TryRead(out SourceItem<TSample>? item))
                {
                    abort.ThrowIfCancellationRequested();
                    while (_rescued.TryDequeue(out SourceItem<TSample>? notice))
                    {
                        Take(notice, samples);
                    }

                    Take(item, samples);
                    TellDropped(atOnce: false);
                    await QueueAsync(IsCheckpointDue() ? Checkpoint(finished: false) : null, abort);
                    await CommittedAsync(0, abort);
                }
            }
        }
        catch (Exception error) when (error is not OperationCanceledException && _pipelineFailure is null && items.Completion.IsFaulted)
        {
            // What was read before it is good: it is kept below, then the failure is told.
            sourceFailure = error;
        }

        TellDropped(atOnce: true);
        bool ended = sourceFailure is null && !stop.IsCancellationRequested;
        bool finished = ended && behaviour == SourceBehaviour.Recording;
        if (!finished || _samples > 0 || !_wasFinished)
        {
            await CommittedAsync(_uncommitted.Count, abort);

            // Saved before the end is told to the pipeline: a recording that has grown by the next start goes on from here.
            var checkpoint = Checkpoint(finished);
            if (finished)
            {
                samples.OnCompleted();
                _pipelineFailure?.Throw();
            }

            await QueueAsync(checkpoint, abort);
        }

        await CommittedAsync(_uncommitted.Count, abort);
        if (sourceFailure is not null)
        {
            ExceptionDispatchInfo.Throw(sourceFailure);
        }

        return finished || (ended ? throw new LiveSourceEndedException() : false);
    }

    private void Take(SourceItem<TSample> item, Subject<TSample> samples)
    {
        _position = item.Next;
        if (item.Notice is { } notice)
        {
            setting.Monitor.Noticed(notice.Code);
            _events.Add(StreamEvents.OfSource(setting.Context.Address, notice, item.Time));
        }

        if (item.Sample is { } sample)
        {
            _samples++;
            try
            {
                samples.OnNext(sample);
            }
            finally
            {
                (sample as IDisposable)?.Dispose();
            }

            _pipelineFailure?.Throw();
            setting.Monitor.Processed(item.Time);
        }
    }

    private void TellDropped(bool atOnce)
    {
        long dropped = Interlocked.Read(ref _dropped);
        if (dropped == _toldDropped
            || (!atOnce && _toldDroppedAt is { } last && setting.Time.GetElapsedTime(last) < TellDroppedEvery))
        {
            return;
        }

        StreamLog.Dropped(setting.Logger, setting.Options.Name, dropped - _toldDropped);
        _events.Add(StreamEvents.OfNode(setting.Context.Address, setting.Time.GetUtcNow(), "dropped", NoticeSeverity.Warning,
            $"The pipeline was behind its live source: {dropped - _toldDropped} blocks were dropped."));
        _toldDropped = dropped;
        _toldDroppedAt = setting.Time.GetTimestamp();
    }
}
