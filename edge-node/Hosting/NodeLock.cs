namespace Sensing.EdgeNode.Hosting;

/// <summary>Keeps a second node from using the same data folder. The system lets go of it even when the process is killed.</summary>
internal sealed class NodeLock : IDisposable
{
    public const string FileName = "node.lock";

    private readonly FileStream _file;

    private NodeLock(FileStream file) => _file = file;

    /// <exception cref="NodeException">Another node runs on the folder, or it cannot be written.</exception>
    public static NodeLock Take(string folder)
    {
        string path = Path.Combine(folder, FileName);
        try
        {
            Directory.CreateDirectory(folder);
            return new NodeLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new NodeException(
                $"{path} cannot be locked: another node runs on this folder, or this user may not write there. {error.Message}", error);
        }
    }

    public void Dispose() => _file.Dispose();
}
