namespace Sensing.CloudIngest.Configuration;

/// <summary>What a file says, read again when the file has changed. While it cannot be read it says nothing, and when it is back, even with the
/// time that it had before, it counts again.</summary>
/// <param name="path">The file.</param>
/// <param name="none">The value used while the file is missing.</param>
/// <param name="parse">Reads its lines.</param>
internal sealed class ReloadedFile<T>(string path, T none, Func<IEnumerable<string>, T> parse)
{
    private readonly Lock _lock = new();
    private (DateTime Written, long Length)? _read;
    private readonly T _none = none;
    private T? _value;

    public T Value
    {
        get
        {
            lock (_lock)
            {
                try
                {
                    var file = new FileInfo(path);
                    (DateTime, long) now = (file.LastWriteTimeUtc, file.Length);
                    if (now != _read)
                    {
                        _value = parse(File.ReadAllLines(path));
                        _read = now;
                    }
                }
                catch (Exception error) when (error is IOException or UnauthorizedAccessException)
                {
                    _value = _none;
                    _read = null;
                }

                return _value!;
            }
        }
    }
}
