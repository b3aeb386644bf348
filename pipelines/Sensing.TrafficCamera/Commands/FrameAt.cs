using Sensing.Streams;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Commands;

/// <summary>Reads one frame of a source: the first, or one at a time after it.</summary>
internal sealed class FrameAt(double seconds, CancellationToken cancellation) : IStreamVisitor<Task<Frame?>>
{
    public async Task<Frame?> Visit<TSample>(StreamParts<TSample> stream)
        where TSample : class, ITimed
    {
        await using ISource<TSample> source = stream.OpenSource();
        Frame? found = null;
        DateTimeOffset? begin = null;
        await foreach (SourceItem<TSample> item in source.ReadAsync(null, cancellation))
        {
            if (item.Sample is Frame frame)
            {
                found?.Dispose();
                found = frame;
                begin ??= frame.Time;
                if ((frame.Time - begin.Value).TotalSeconds >= seconds)
                {
                    break;
                }
            }
        }

        return found;
    }
}
