using System.Text.Json;

namespace Sensing.CloudIngest.Models;

/// <summary>The registry's index on the disk: read again when it has changed, replaced as a whole, changed under a lock file.</summary>
internal sealed class RegistryFile(string path)
{
    private static readonly TimeSpan LockTry = TimeSpan.FromMilliseconds(20);

    private readonly Lock _gate = new();
    private (DateTime Written, long Length) _seen;
    private RegistryIndex _index = RegistryIndex.Empty;

    /// <exception cref="RegistryException">It cannot be read.</exception>
    public RegistryIndex Read()
    {
        lock (_gate)
        {
            try
            {
                var file = new FileInfo(path);
                if (!file.Exists)
                {
                    return _index = RegistryIndex.Empty;
                }

                (DateTime, long) now = (file.LastWriteTimeUtc, file.Length);
                if (now != _seen)
                {
                    _index = JsonSerializer.Deserialize(File.ReadAllBytes(path), RegistryJson.Default.RegistryIndex) ?? throw new JsonException("the file is null");
                    _seen = now;
                }

                return _index;
            }
            catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
            {
                throw new RegistryException($"{path} cannot be read: {error.Message} Correct it, or restore it from a backup; the models' files are beside it.", error);
            }
        }
    }

    public void Write(RegistryIndex index)
    {
        Replace(path, JsonSerializer.SerializeToUtf8Bytes(index, RegistryJson.Default.RegistryIndex));
        lock (_gate)
        {
            var file = new FileInfo(path);
            (_index, _seen) = (index, (file.LastWriteTimeUtc, file.Length));
        }
    }

    /// <summary>Held while it is not disposed.</summary>
    /// <exception cref="RegistryException">Another process holds it for longer than that, or the folder cannot be written.</exception>
    public FileStream Lock(TimeSpan longest)
    {
        // Another process is waited for, whatever clock this one goes by.
        TimeProvider time = TimeProvider.System;
        long began = time.GetTimestamp();
        while (true)
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (time.GetElapsedTime(began) < longest && File.Exists(path + ".lock"))
            {
                Task.Delay(LockTry, time).GetAwaiter().GetResult();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new RegistryException($"the registry cannot be changed: {error.Message}", error);
            }
        }
    }

    /// <summary>A reader gets the old file or the new one, never a part, also after a loss of power.</summary>
    internal static void Replace(string path, ReadOnlySpan<byte> bytes)
    {
        string partial = path + ".part";
        using (var file = new FileStream(partial, FileMode.Create, FileAccess.Write))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        File.Move(partial, path, overwrite: true);
    }
}
