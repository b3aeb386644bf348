using Sensing.Das.Recordings.Hdf5;

namespace Sensing.Das.Recordings;

/// <summary>A vendor's or a standard's way to lay a recording out in HDF5. One folder each, one line in <see cref="RecordingFormats"/>.</summary>
internal interface IRecordingFormat
{
    string Name { get; }

    /// <summary>Versions that are read, for people.</summary>
    string Versions { get; }

    /// <summary>The version of a file of this format, also of one that is not read; null for a file of another format.</summary>
    string? Recognise(Hdf5File file);

    /// <summary>Opens a file that <see cref="Recognise"/> knows. The recording owns the file.</summary>
    /// <exception cref="RecordingException">A version that is not read; missing or contradicting content.</exception>
    Recording Open(Hdf5File file, string version);
}
