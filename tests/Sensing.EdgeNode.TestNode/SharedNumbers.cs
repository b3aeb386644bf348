using System.IO.MemoryMappedFiles;

namespace Sensing.EdgeNode.TestNode;

/// <summary>A few numbers in a file that two processes have in their memory: what one writes the other sees at once, and it outlasts a kill.</summary>
public sealed class SharedNumbers : IDisposable
{
    private const int Places = 4;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    /// <param name="path">Made, with zeros, where it is absent.</param>
    public SharedNumbers(string path)
    {
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, null, Places * sizeof(long));
        _view = _file.CreateViewAccessor();
    }

    public long this[int place]
    {
        get => _view.ReadInt64(place * sizeof(long));
        set => _view.Write(place * sizeof(long), value);
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}
