namespace Sensing.EdgeNode.Tests.Readers;

/// <summary>A reader of files, with small files that it can read.</summary>
/// <param name="Name">In reports.</param>
/// <param name="FileName">Name of the file that is changed.</param>
/// <param name="IsText">Whether it is a text.</param>
/// <param name="Write">Writes files that can be read into an empty folder; those beside the one that is changed
/// stay.</param>
/// <param name="Read">Reads the file to its end.</param>
/// <param name="IsReport">Whether this is how the reader reports a bad file. Any other exception is a crash.</param>
public sealed record ReaderTarget(
    string Name, string FileName, bool IsText, Action<string> Write, Func<string, Task> Read,
    Func<Exception, bool> IsReport)
{
    /// <summary>Makes checksums fit again, so that what is behind them is reached; null where there are none.</summary>
    public Func<byte[], byte[]>? Repair { get; init; }
}
