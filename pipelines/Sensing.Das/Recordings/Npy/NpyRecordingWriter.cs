using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Sensing.Das.Recordings.Npy;

/// <summary>Writes strain rate as a NumPy array of 32-bit floats, [time, distance], with its sidecar.</summary>
/// <remarks>Written as <c>name.tmp</c> and renamed when it is complete; the sidecar is there first.</remarks>
public sealed class NpyRecordingWriter : IDisposable
{
    /// <summary>Room for a header of any length that this writes; a multiple of 64, as NEP 1 asks.</summary>
    private const int HeaderBytes = 192;

    private readonly string _path;
    private readonly DasGeometry _geometry;
    private readonly DateTimeOffset _startTime;
    private readonly FileStream _file;
    private long _rows;

    /// <param name="path">File to be written, ending in <c>.npy</c>; one of that name is replaced.</param>
    /// <param name="geometry">Channels and steps.</param>
    /// <param name="startTime">Time of the first sample.</param>
    public NpyRecordingWriter(string path, DasGeometry geometry, DateTimeOffset startTime)
    {
        _path = path;
        _geometry = geometry;
        _startTime = startTime;
        _file = new FileStream(Temporary, FileMode.Create, FileAccess.Write);
        _file.Write(new byte[HeaderBytes]);
    }

    private string Temporary => _path + ".tmp";

    /// <summary>Writes a block's rows behind those before.</summary>
    /// <exception cref="ArgumentException">The block has other channels.</exception>
    public void Append(DasBlock block)
    {
        if (block.Geometry.Channels != _geometry.Channels)
        {
            throw new ArgumentException($"The block has {block.Geometry.Channels} channels, the recording {_geometry.Channels}.", nameof(block));
        }

        _file.Write(MemoryMarshal.AsBytes(block.Values));
        _rows += block.Rows;
    }

    /// <summary>Closes the file and gives it its name.</summary>
    public void Complete()
    {
        byte[] header = new byte[HeaderBytes];
        string text = string.Create(CultureInfo.InvariantCulture,
            $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({_rows}, {_geometry.Channels}), }}");
        Encoding.ASCII.GetBytes(text.PadRight(HeaderBytes - 11) + "\n", header.AsSpan(10));
        ReadOnlySpan<byte> magic = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, HeaderBytes - 10, 0];
        magic.CopyTo(header);
        _file.Position = 0;
        _file.Write(header);
        _file.Dispose();
        File.WriteAllText(NpySidecar.PathOf(_path), JsonSerializer.Serialize(
            new NpySidecar
            {
                StartTime = _startTime.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
                TimeStepSeconds = _geometry.TimeStepSeconds,
                ChannelStepM = _geometry.ChannelStepM,
                FirstChannelM = _geometry.FirstChannelM,
                GaugeLengthM = _geometry.GaugeLengthM,
            },
            NpySidecarJson.Default.NpySidecar));
        File.Move(Temporary, _path, overwrite: true);
    }

    /// <summary>Without <see cref="Complete"/>, nothing is left behind.</summary>
    public void Dispose()
    {
        _file.Dispose();
        File.Delete(Temporary);
    }
}
