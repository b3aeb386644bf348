using Sensing.Configuration;
using Sensing.Das.Recordings.Described;

namespace Sensing.Das.Sources;

/// <summary>HDF5 recordings.</summary>
public sealed record Hdf5SourceOptions : FileSourceOptions
{
    [Option("Where the values lie in the files. Left out, the format is recognised: OptoDAS 8 to 11, PRODML 2.0 and 2.1, or the plain strain-rate layout.")]
    public Hdf5Layout? Layout { get; init; }
}
