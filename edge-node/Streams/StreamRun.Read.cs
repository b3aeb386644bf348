using System.Collections.Concurrent;
using System.Threading.Channels;
using Sensing.Streams;

namespace Sensing.EdgeNode.Streams;

internal sealed partial class StreamRun<TSample>
{
    /// <summary>Notices that lay behind dropped blocks: a notice is never dropped.</summary>
    private readonly ConcurrentQueue<SourceItem<TSample>> _rescued = new();
    private long _dropped;

    private async Task ReadAsync(ISource<TSample> source, Channel<SourceItem<TSample>> channel, CancellationToken ending)
    {
        Exception? failure = null;
        try
        {
            StreamPace? pace = source.Behaviour == SourceBehaviour.Recording
                ? new StreamPace(StreamPace.Speed(setting.Options.Pace), TimeSpan.FromSeconds(setting.Options.MaxGapSeconds), setting.Time)
                : null;
            await foreach (SourceItem<TSample> item in source.ReadAsync(_position, ending))
            {
                setting.Monitor.Moved();
                if (pace is not null)
                {
                    await PaceAsync(pace, item, ending);
                    await channel.Writer.WriteAsync(item, ending);
                }
                else
                {
                    DropOldestFor(item, channel);
                }
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // Stopped.
        }
        catch (Exception error)
        {
            failure = error;
        }

        channel.Writer.TryComplete(failure);
    }

    private async Task PaceAsync(StreamPace pace, SourceItem<TSample> item, CancellationToken ending)
    {
        // A block is there when its last sample is.
        TimeSpan due = pace.Due(item.Time + (item.Sample?.Duration ?? TimeSpan.Zero));
        if (due > TimeSpan.Zero)
        {
            using (setting.Monitor.HoldBack())
            {
                await Task.Delay(due, setting.Time, ending);
            }
        }
    }

    /// <summary>The sensor does not wait: the oldest block makes room.</summary>
    private void DropOldestFor(SourceItem<TSample> item, Channel<SourceItem<TSample>> channel)
    {
        while (!channel.Writer.TryWrite(item))
        {
            if (!channel.Reader.TryRead(out SourceItem<TSample>? oldest))
            {
                continue;
            }

            if (oldest.Sample is null)
            {
                _rescued.Enqueue(oldest);
                continue;
            }

            (oldest.Sample as IDisposable)?.Dispose();
            Interlocked.Increment(ref _dropped);
            setting.Monitor.Dropped();
        }
    }
}
