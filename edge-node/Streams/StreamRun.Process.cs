using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using Sensing.Events.Node;
using Sensing.Streams;

namespace Sensing.EdgeNode.Streams;

internal sealed partial class StreamRun<TSample>
{
    private static readonly TimeSpan TellDroppedEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan SilenceEvery = TimeSpan.FromSeconds(1);

    private bool _pipelineFailed;
    private Task<bool>? _effect;
    private long _samples;
    private long _toldDropped;
    private long? _toldDroppedAt;

    /// <returns>True where a recording has ended.</returns>
    private async Task<bool> ProcessAsync(
        ChannelReader<SourceItem<TSample>> items, SourceBehaviour behaviour, CancellationToken stop, CancellationToken abort)
    {
        PipelineRun<TSample> pipeline = _pipeline!;
        Exception? sourceFailure = null;
        try
        {
            while (await WaitForItemsAsync(items, behaviour, abort))
            {
                while (items.TryRead(out SourceItem<TSample>? item))
                {
                    abort.ThrowIfCancellationRequested();
                    while (_rescued.TryDequeue(out SourceItem<TSample>? notice))
                    {
                        Take(notice, pipeline);
                    }

                    if (behaviour == SourceBehaviour.Recording)
                    {
                        await WaitForRoomAsync(pipeline, abort);
                    }

                    Take(item, pipeline);
                    TellDropped(atOnce: false);
                    await QueueAsync(IsCheckpointDue() ? Checkpoint(finished: false) : null, abort);
                    await CommittedAsync(0, abort);
                }
            }
        }
        catch (Exception error) when (error is not OperationCanceledException && !_pipelineFailed && items.Completion.IsFaulted)
        {
            // What was read before it is good: it is kept below, then the failure is reported.
            sourceFailure = error;
        }

        TellDropped(atOnce: true);
        bool ended = sourceFailure is null && !stop.IsCancellationRequested;
        bool finished = ended && behaviour == SourceBehaviour.Recording;
        if (finished && pipeline.HasPending)
        {
            finished = await FinishEffectsAsync(pipeline, stop, abort);
            ended = finished;
        }

        if (!finished || _samples > 0 || !_wasFinished)
        {
            await CommittedAsync(_uncommitted.Count, abort);

            // Saved before the pipeline's input completes: a recording that has grown by the next start resumes from here.
            var checkpoint = Checkpoint(finished);
            if (finished)
            {
                Guard(pipeline.Complete);
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

    /// <summary>Waits for items, and hands on completions that come meanwhile, and the silence of a live source.</summary>
    /// <returns>False where there will be no more items.</returns>
    private async Task<bool> WaitForItemsAsync(ChannelReader<SourceItem<TSample>> items, SourceBehaviour behaviour, CancellationToken abort)
    {
        Task<bool> more = items.WaitToReadAsync(abort).AsTask();
        long begin = setting.Time.GetTimestamp();
        while (!more.IsCompleted && (behaviour == SourceBehaviour.Live || _pipeline!.HasPending))
        {
            Task next = more;
            if (_pipeline!.HasPending)
            {
                _effect ??= _pipeline.WaitForEffectAsync(abort);
                next = Task.WhenAny(more, _effect);
            }

            if (behaviour != SourceBehaviour.Live)
            {
                await next;
            }
            else if (!await ComesAsync(next, abort))
            {
                await TakeSilenceAsync(setting.Time.GetElapsedTime(begin), abort);
                continue;
            }

            if (_effect is { IsCompleted: true } && !more.IsCompleted)
            {
                await TakeEffectsAsync(abort);
            }
        }

        return await more;
    }

    /// <returns>False where nothing has come within <see cref="SilenceEvery"/>.</returns>
    private async Task<bool> ComesAsync(Task next, CancellationToken abort)
    {
        try
        {
            await next.WaitAsync(SilenceEvery, setting.Time, abort);
            return true;
        }
        catch (TimeoutException) when (!next.IsCompleted)
        {
            return false;
        }
    }

    /// <summary>A silence is not progress: the watchdog does not see it.</summary>
    private async Task TakeSilenceAsync(TimeSpan silence, CancellationToken abort)
    {
        Guard(() => _pipeline!.Silent(silence));
        if (_events.Count > 0)
        {
            await QueueAsync(IsCheckpointDue() ? Checkpoint(finished: false) : null, abort);
        }
    }

    /// <summary>A recording waits where too many commands are pending, so that none is refused.</summary>
    private async Task WaitForRoomAsync(PipelineRun<TSample> pipeline, CancellationToken abort)
    {
        while (!pipeline.HasRoom)
        {
            using (setting.Monitor.HoldBack())
            {
                _effect ??= pipeline.WaitForEffectAsync(abort);
                await TakeEffectsAsync(abort);
            }
        }
    }

    /// <summary>Waits for the commands that are pending at a recording's end.</summary>
    /// <returns>False where the stream was stopped before the last one completed.</returns>
    private async Task<bool> FinishEffectsAsync(PipelineRun<TSample> pipeline, CancellationToken stop, CancellationToken abort)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop, abort);
        try
        {
            using (setting.Monitor.HoldBack())
            {
                await pipeline.FinishEffectsAsync(ending.Token);
            }

            await QueueAsync(null, abort);
            return true;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && !abort.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task TakeEffectsAsync(CancellationToken abort)
    {
        await _effect!;
        _effect = null;
        Guard(_pipeline!.Drain);
        setting.Monitor.Moved();
        await QueueAsync(IsCheckpointDue() ? Checkpoint(finished: false) : null, abort);
    }

    /// <summary>Tells the pipeline's own failures from its source's.</summary>
    private void Guard(Action act)
    {
        _pipelineFailed = true;
        act();
        _pipelineFailed = false;
    }

    private void Take(SourceItem<TSample> item, PipelineRun<TSample> pipeline)
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
                Guard(() => pipeline.Next(sample));
            }
            finally
            {
                (sample as IDisposable)?.Dispose();
            }

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
