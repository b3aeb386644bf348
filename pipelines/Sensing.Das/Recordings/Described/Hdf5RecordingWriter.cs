using System.Globalization;
using PureHDF;
using PureHDF.Selections;

namespace Sensing.Das.Recordings.Described;

/// <summary>Writes strain rate into the plain HDF5 layout that <see cref="Hdf5Layout.StrainRateFile"/> describes.</summary>
/// <remarks>Written as <c>name.tmp</c> and renamed when it is complete, so that nobody reads half a file.</remarks>
public sealed class Hdf5RecordingWriter : IDisposable
{
    private readonly string _path;
    private readonly long _rows;
    private readonly DasGeometry _geometry;
    private readonly H5Dataset<float[]> _dataset;
    private readonly H5NativeWriter _writer;
    private long _written;
    private bool _open = true;

    /// <param name="path">File to be written; one of that name is replaced.</param>
    /// <param name="geometry">Channels and steps.</param>
    /// <param name="startTime">Time of the first sample.</param>
    /// <param name="rows">Samples per channel that will be written.</param>
    public Hdf5RecordingWriter(string path, DasGeometry geometry, DateTimeOffset startTime, long rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        _path = path;
        _rows = rows;
        _geometry = geometry;
        _dataset = new H5Dataset<float[]>([(ulong)rows, (ulong)geometry.Channels])
        {
            Attributes = { ["axes"] = "time,distance", ["scale"] = 1.0, ["unit"] = "1/s" },
        };
        var file = new H5File
        {
            Attributes =
            {
                ["dt"] = geometry.TimeStepSeconds,
                ["dx"] = geometry.ChannelStepM,
                ["first_channel"] = geometry.FirstChannelM,
                ["gauge_length"] = geometry.GaugeLengthM,
                ["start_time"] = startTime.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            },
            ["strain_rate"] = _dataset,
        };
        _writer = file.BeginWrite(Temporary);
    }

    private string Temporary => _path + ".tmp";

    /// <summary>Writes a block's rows behind those before.</summary>
    /// <exception cref="ArgumentException">The block has other channels, or more rows than were announced.</exception>
    public void Append(DasBlock block)
    {
        if (block.Geometry.Channels != _geometry.Channels || _written + block.Rows > _rows)
        {
            throw new ArgumentException(
                $"A block of {block.Rows} × {block.Geometry.Channels} does not fit: {_rows - _written} × {_geometry.Channels} are left.", nameof(block));
        }

        _writer.Write(_dataset, block.Values.ToArray(), fileSelection: new HyperslabSelection(
            2, [(ulong)_written, 0], [(ulong)block.Rows, (ulong)_geometry.Channels]));
        _written += block.Rows;
    }

    /// <summary>Closes the file and gives it its name.</summary>
    /// <exception cref="InvalidOperationException">Fewer rows were written than announced.</exception>
    public void Complete()
    {
        if (_written != _rows)
        {
            throw new InvalidOperationException($"{_written} of {_rows} samples were written.");
        }

        _open = false;
        _writer.Dispose();
        File.Move(Temporary, _path, overwrite: true);
    }

    /// <summary>Without <see cref="Complete"/>, nothing is left behind.</summary>
    public void Dispose()
    {
        if (_open)
        {
            _open = false;
            _writer.Dispose();
            File.Delete(Temporary);
        }
    }
}
