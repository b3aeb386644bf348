namespace Sensing.Streams;

/// <summary>Does something with a stream whose sample type only the catalogue knows: runs it, checks it, describes it.</summary>
public interface IStreamVisitor<out TResult>
{
    TResult Visit<TSample>(Func<ISource<TSample>> openSource, Func<IPipeline<TSample>> createPipeline, StreamContext context)
        where TSample : class, ITimed;
}
