using Sensing.Das.Recordings.Described;
using Sensing.Das.Recordings.Hdf5;
using Sensing.Das.Recordings.Npy;
using Sensing.Das.Recordings.OptoDas;
using Sensing.Das.Recordings.ProdMl;

namespace Sensing.Das.Recordings;

/// <summary>The formats that are read; opens a recording of whichever it is.</summary>
public static class RecordingFormats
{
    private static readonly IRecordingFormat[] Formats = [new OptoDasFormat(), new ProdMlFormat(), new StrainRateFormat()];

    /// <summary>The formats with their versions, for people.</summary>
    public static string Supported { get; } = string.Join(", ", Formats.Select(f => $"{f.Name} {f.Versions}"));

    /// <summary>Opens an HDF5 recording by its own format, or by <paramref name="layout"/> where one is given.</summary>
    /// <exception cref="RecordingException">It cannot be read; says what was found, what is supported and what to do.</exception>
    public static Recording OpenHdf5(string path, Hdf5Layout? layout = null)
    {
        Hdf5File file = Hdf5File.Open(path);
        try
        {
            if (layout is not null)
            {
                return Checked(path, DescribedRecording.Open(file, layout, "described HDF5", "1"));
            }

            foreach (IRecordingFormat format in Formats)
            {
                if (format.Recognise(file) is { } version)
                {
                    return Checked(path, format.Open(file, version));
                }
            }

            throw Foreign(file);
        }
        catch (RecordingException)
        {
            file.Dispose();
            throw;
        }
        catch (Exception error)
        {
            // A value that no format's arithmetic bears: a time beyond the calendar, a rate of zero.
            file.Dispose();
            throw Hdf5File.Damaged(path, null, error);
        }
    }

    /// <summary>Opens a NumPy array with its sidecar.</summary>
    /// <exception cref="RecordingException">The array or its sidecar is missing or not right.</exception>
    public static Recording OpenNpy(string path) => Checked(path, NpyRecording.Open(path));

    /// <summary>Opens a recording by its file name: <c>.npy</c> with its sidecar, anything else as HDF5.</summary>
    /// <exception cref="RecordingException">It cannot be read.</exception>
    public static Recording Open(string path, Hdf5Layout? layout = null) =>
        path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase) ? OpenNpy(path) : OpenHdf5(path, layout);

    private static Recording Checked(string path, Recording recording)
    {
        try
        {
            RecordingBounds.Check(path, recording.Header);
            return recording;
        }
        catch
        {
            recording.Dispose();
            throw;
        }
    }

    private static RecordingException Foreign(Hdf5File file)
    {
        string found = KnownForeignFormats.NameOf(file) is { } name
            ? $"The file is {name}, which is not read."
            : $"This HDF5 file is of no known format; it holds {Contents(file)}.";
        return new RecordingException(
            "foreign", file.Path, null, found,
            $"Read are {Supported}; any other two-dimensional dataset with the option 'layout', which describes where its values are.");
    }

    private static string Contents(Hdf5File file)
    {
        string[] names = [.. file.Root.Children().Select(c => "/" + c.Name).Concat(file.Root.Attributes().Select(a => "@" + a.Name)).Take(9)];
        return names.Length == 0 ? "nothing" : string.Join(", ", names.Take(8)) + (names.Length > 8 ? ", …" : "");
    }
}
