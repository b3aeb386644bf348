using Sensing.Streams;

namespace Sensing.Das.Sources;

/// <summary>Names and patterns to files.</summary>
internal static class RecordingFiles
{
    /// <summary>The files in order; a pattern's in the order of their names.</summary>
    /// <exception cref="SourceException">A pattern fits nothing, or its folder is not there.</exception>
    public static IReadOnlyList<(string Name, string Path)> Find(IEnumerable<string> names, string baseDirectory)
    {
        var files = new List<(string, string)>();
        foreach (string name in names)
        {
            string path = Path.GetFullPath(name, baseDirectory);
            string pattern = Path.GetFileName(path);
            if (!pattern.AsSpan().ContainsAny('*', '?'))
            {
                files.Add((name, path));
                continue;
            }

            string folder = Path.GetDirectoryName(path)!;
            string[] found = Directory.Exists(folder) ? Directory.GetFiles(folder, pattern) : [];
            if (found.Length == 0)
            {
                throw new SourceException(
                    path, null, Directory.Exists(folder) ? "No file fits this pattern." : "Its folder does not exist.", "Check the path.");
            }

            string prefix = name[..^pattern.Length];
            files.AddRange(found.Order(StringComparer.Ordinal).Select(file => (prefix + Path.GetFileName(file), file)));
        }

        return files;
    }
}
