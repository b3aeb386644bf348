namespace Sensing.Streams;

/// <summary>Does something with a stream whose sample type only the catalogue knows: runs it, checks it, describes it.</summary>
public interface IStreamVisitor<out TResult>
{
    TResult Visit<TSample>(StreamParts<TSample> stream)
        where TSample : class, ITimed;
}
