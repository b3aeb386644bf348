namespace Sensing.Files;

/// <summary>Files that only the account of the process may read: databases hold what sensors saw.</summary>
public static class PrivateFile
{
    /// <summary>Makes an empty file with mode 0600 where there is none. SQLite gives its <c>-wal</c> and <c>-shm</c> files the mode of the database.</summary>
    /// <remarks>The mode of a file that exists is left as it is: somebody may have opened it to a group on purpose.</remarks>
    public static void Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        if (!File.Exists(path))
        {
            try
            {
                File.Open(path, options).Dispose();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Another process was faster, or nothing can be made here: who opens the file reports that.
            }
        }
    }
}
