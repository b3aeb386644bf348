using Sensing.Streams;

namespace Sensing.EdgeNode.Streams;

/// <summary>Makes the run that fits the stream's sample type.</summary>
internal sealed class StreamRunFactory(StreamSetting setting) : IStreamVisitor<IStreamRun>
{
    public IStreamRun Visit<TSample>(StreamParts<TSample> stream)
        where TSample : class, ITimed => new StreamRun<TSample>(setting, stream);
}
