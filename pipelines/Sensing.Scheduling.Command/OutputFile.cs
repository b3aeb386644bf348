namespace Sensing.Scheduling.Command;

/// <summary>A file that a run of minutes will write: what stands against it is said before the run.</summary>
internal static class OutputFile
{
    /// <summary>Null if the file's folder is there.</summary>
    public static string? Mistake(FileInfo? file) => file?.Directory is not { Exists: false } folder ? null
        : $"names a folder that does not exist: {folder.FullName}";

    /// <summary>Null if it is a picture that can be written.</summary>
    public static string? PictureMistake(FileInfo? file) =>
        file?.Extension.ToLowerInvariant() is null or ".png" or ".svg" ? Mistake(file) : "must end in .png or .svg";
}
