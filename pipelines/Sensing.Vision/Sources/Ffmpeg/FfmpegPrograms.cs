using Sensing.Streams;

namespace Sensing.Vision.Sources.Ffmpeg;

/// <summary>Where the programs of FFmpeg are installed.</summary>
/// <param name="searchPath">Folders, as in PATH; null: PATH.</param>
internal sealed class FfmpegPrograms(string? searchPath = null)
{
    public static FfmpegPrograms System { get; } = new();

    /// <exception cref="SourceException">It is not installed.</exception>
    public string Ffmpeg => Find("ffmpeg") ?? throw Missing("ffmpeg");

    /// <exception cref="SourceException">It is not installed.</exception>
    public string Ffprobe => Find("ffprobe") ?? throw Missing("ffprobe");

    /// <summary>util-linux: starts a program that is killed with its parent; null where there is none.</summary>
    public string? Setpriv => Find("setpriv");

    private string? Find(string name) => (searchPath ?? Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private static SourceException Missing(string name) => new(
        name, null, "This program, which decodes cameras and recordings, is not on the PATH.",
        "Install the package ffmpeg (on Debian and Ubuntu: apt-get install ffmpeg).");
}
