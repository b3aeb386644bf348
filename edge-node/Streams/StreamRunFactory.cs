using Sensing.Streams;

namespace Sensing.EdgeNode.Streams;

/// <summary>Makes the run that fits the stream's sample type.</summary>
internal sealed class StreamRunFactory(StreamSetting setting) : IStreamVisitor<IStreamRun>
{
    public IStreamRun Visit<TSample>(Func<ISource<TSample>> openSource, Func<IPipeline<TSample>> createPipeline, StreamContext context)
        where TSample : class, ITimed => new StreamRun<TSample>(setting, openSource, createPipeline);
}
