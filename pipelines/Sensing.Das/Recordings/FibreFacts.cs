using Sensing.Das.Sources;
using Sensing.Events;
using Sensing.Modules;

namespace Sensing.Das.Recordings;

/// <summary>What the first file of a fibre's recording says about itself.</summary>
internal static class FibreFacts
{
    /// <summary>Null for a source that reads no files, or where there is none yet.</summary>
    /// <exception cref="Sensing.Streams.SourceException">The file cannot be read.</exception>
    public static RecordingFacts? Of(object options, string baseDirectory)
    {
        IReadOnlyList<(string Name, string Path)> files = options switch
        {
            FileSourceOptions named => RecordingFiles.Find(named.Files, baseDirectory),
            DirectorySourceOptions watched => Watched(Path.GetFullPath(watched.Directory, baseDirectory)),
            _ => [],
        };
        if (files.Count == 0)
        {
            return null;
        }

        try
        {
            using Recording recording = RecordingFormats.Open(files[0].Path, (options as Hdf5SourceOptions)?.Layout);
            return Of(recording, files.Count);
        }
        catch (RecordingException error)
        {
            throw error.ToSourceException();
        }
    }

    private static RecordingFacts Of(Recording recording, int files)
    {
        RecordingHeader header = recording.Header;
        DasGeometry geometry = header.Geometry;
        double last = geometry.DistanceOf(geometry.Channels - 1);
        var lines = new List<(string, string)>
        {
            ("format", $"{header.Format} {header.FormatVersion}"),
            ("channels", Text($"{geometry.Channels} from {geometry.FirstChannelM:0.##} m to {last:0.##} m")),
            ("spacing", Text($"{geometry.ChannelStepM:0.####} m")),
            ("gauge length", geometry.GaugeLengthM > 0 ? Text($"{geometry.GaugeLengthM:0.##} m") : "not given"),
            ("rate", Text($"{1 / geometry.TimeStepSeconds:0.###} Hz")),
            ("unit", header.Conversion),
            ("start", EventTime.Format(header.StartTime)),
            ("duration", Text($"{header.Rows * geometry.TimeStepSeconds:0.###} s ({header.Rows} samples a channel)")),
        };
        if (files > 1)
        {
            lines.Add(("files", Text($"{files}; this is the first")));
        }

        lines.AddRange(recording.Remarks.Select(remark => ("remark", remark)));
        return new RecordingFacts(lines);
    }

    private static (string, string)[] Watched(string folder) => !Directory.Exists(folder) ? []
        : [.. Directory.EnumerateFiles(folder)
            .Where(file => Path.GetExtension(file) is ".h5" or ".hdf5" or ".npy").Order(
                StringComparer.Ordinal).Select(file => (Path.GetFileName(file), file))];

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
