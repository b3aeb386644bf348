using Sensing.Das.Recordings.Hdf5;
using Sensing.Das.Recordings.Npy;

namespace Sensing.Das.Sources;

/// <summary>Watches one file until its writer is done with it.</summary>
internal sealed class DroppedFile(string name, string path, TimeProvider time)
{
    private long _length = -1;
    private DateTime _written;
    private long _unchangedSince;

    public string Name { get; } = name;

    public string Path { get; } = path;

    /// <summary>Whether it may be read now: as long as it says and unchanged for a while, or given up on.</summary>
    /// <param name="settle">For how long it must not have changed; nil where the writer has begun the next file already.</param>
    /// <param name="giveUp">For how long a file that is too short is waited for.</param>
    public bool IsReady(TimeSpan settle, TimeSpan giveUp)
    {
        var info = new FileInfo(Path);
        if (!info.Exists)
        {
            return false;
        }

        if (info.Length != _length || info.LastWriteTimeUtc != _written)
        {
            _length = info.Length;
            _written = info.LastWriteTimeUtc;
            _unchangedSince = time.GetTimestamp();
        }

        TimeSpan unchanged = time.GetElapsedTime(_unchangedSince);
        return unchanged >= giveUp || (unchanged >= settle && LooksWhole());
    }

    private bool LooksWhole()
    {
        try
        {
            using FileStream file = File.Open(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (Path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase))
            {
                return File.Exists(NpySidecar.PathOf(Path)) && NpyHeader.Read(file, Path).FileBytes <= file.Length;
            }

            // What is no HDF5 at all will not become one by waiting: the reader says so.
            return file.Length > 0 && Superblock.DeclaredLength(file) is var declared && (declared is null || (declared > 0 && declared <= file.Length));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or Recordings.RecordingException)
        {
            // The writer still holds it, or its header is not there yet: the reader names what is wrong once we give up.
            return false;
        }
    }
}
