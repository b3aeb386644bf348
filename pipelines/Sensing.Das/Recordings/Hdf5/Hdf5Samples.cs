using System.Buffers;
using System.Numerics;
using PureHDF;
using PureHDF.Selections;
using PureHDF.VOL.Native;

namespace Sensing.Das.Recordings.Hdf5;

/// <summary>The rows of an HDF5 dataset, read a band at a time along the dataset's own chunks.</summary>
/// <remarks>
/// A band is as many rows as a chunk, so that no chunk is decompressed twice; a dataset without chunks is read as it is asked for.
/// Where chunks are so long that a band of all channels would not fit in <see cref="MostBandValues"/>, the band is cut
/// there and a bounded chunk cache takes the edge off decoding a chunk again.
/// </remarks>
internal sealed class Hdf5Samples : SampleMatrix
{
    private const int MostBandValues = 8 << 20;
    private const ulong ChunkCacheBytes = 32 << 20;
    private const long MostChunkBytes = 256L << 20;

    private readonly Hdf5File _file;
    private readonly string _path;
    private readonly NativeDataset _dataset;
    private readonly bool _timeFirst;
    private readonly H5DatasetAccess _access;
    private readonly int _bandRows;
    private readonly float[] _band;
    private readonly ReadRows _readRows;
    private long _bandFirst;
    private int _bandCount;

    /// <param name="file">The open file; disposed with this.</param>
    /// <param name="path">Path of a dataset with two dimensions.</param>
    /// <param name="timeFirst">Order of its dimensions: [time, distance], or [distance, time].</param>
    /// <exception cref="RecordingException">No such dataset, or no numbers in it.</exception>
    public Hdf5Samples(Hdf5File file, string path, bool timeFirst)
    {
        _file = file;
        _path = path;
        _timeFirst = timeFirst;
        _dataset = file.Matrix(path);
        ulong[] size = _dataset.Space.Dimensions;
        _readRows = Reader();
        (ulong rows, ulong channels) = timeFirst ? (size[0], size[1]) : (size[1], size[0]);
        RecordingBounds.CheckSize(
            file.Path, path, (long)Math.Min(rows, long.MaxValue), (long)Math.Min(channels, long.MaxValue), _dataset.Type.Size, file.Length);
        Rows = (long)rows;
        Channels = (int)channels;
        long chunkRows = ChunkRows();
        _bandRows = (int)Math.Min(Math.Min(chunkRows, Rows), Math.Max(1, MostBandValues / Channels));
        _band = new float[_bandRows * Channels];
        _access = new H5DatasetAccess(ChunkCache: new SimpleReadingChunkCache(521, _bandRows < chunkRows && _bandRows < Rows ? ChunkCacheBytes : 0UL));
    }

    /// <summary>Rows of a chunk; 0 for a dataset without chunks.</summary>
    private long ChunkRows()
    {
        IH5DataLayout layout = _dataset.Layout;
        if (layout.Class is not (H5DataLayoutClass.Chunked or H5DataLayoutClass.Contiguous or H5DataLayoutClass.Compact))
        {
            throw new RecordingException(
                "wrong-type", _file.Path, _path, $"The dataset's samples lie in other files (layout '{layout.Class}').",
                "Name the files that hold the samples.");
        }

        if (layout.Class != H5DataLayoutClass.Chunked)
        {
            return 0;
        }

        // A chunk is decoded whole, so it must fit into memory.
        double bytes = layout.Chunks.Aggregate((double)_dataset.Type.Size, (product, next) => product * next);
        return bytes is > 0 and <= MostChunkBytes
            ? (long)layout.Chunks[_timeFirst ? 0 : 1]
            : throw new RecordingException(
                "wrong-type", _file.Path, _path,
                FormattableString.Invariant($"The dataset's chunks are {string.Join(" × ", layout.Chunks)} values, {bytes:G3} bytes each; at most {MostChunkBytes >> 20} MiB are read."),
                "Write it anew in smaller chunks, e.g. with h5repack -l CHUNK=1000x1000.");
    }

    private delegate void ReadRows(long first, int count, Span<float> values);

    public override long Rows { get; }

    public override int Channels { get; }

    public override void Read(long firstRow, int rows, Span<float> values)
    {
        if (_bandRows == 0)
        {
            ReadAt(firstRow, rows, values);
            return;
        }

        for (int done = 0; done < rows;)
        {
            long row = firstRow + done;
            if (row < _bandFirst || row >= _bandFirst + _bandCount)
            {
                _bandCount = 0;
                long first = row / _bandRows * _bandRows;
                int count = (int)Math.Min(_bandRows, Rows - first);
                ReadAt(first, count, _band);
                _bandFirst = first;
                _bandCount = count;
            }

            int inBand = (int)(row - _bandFirst);
            int take = Math.Min(rows - done, _bandCount - inBand);
            _band.AsSpan(inBand * Channels, take * Channels).CopyTo(values[(done * Channels)..]);
            done += take;
        }
    }

    public override void Dispose()
    {
        _file.Dispose();
        base.Dispose();
    }

    private void ReadAt(long first, int count, Span<float> values)
    {
        try
        {
            _file.AllowSamples((long)count * Channels * _dataset.Type.Size);
            _readRows(first, count, values);
        }
        catch (Exception error) when (error is not RecordingException)
        {
            throw _file.Failure(count == 1 ? $"{_path}, sample {first}" : $"{_path}, samples {first} to {first + count - 1}", error);
        }
    }

    private ReadRows Reader() => (_dataset.Type.Class, _dataset.Type.Size) switch
    {
        (H5DataTypeClass.FixedPoint, 1) => Signed ? ReadBand<sbyte> : ReadBand<byte>,
        (H5DataTypeClass.FixedPoint, 2) => Signed ? ReadBand<short> : ReadBand<ushort>,
        (H5DataTypeClass.FixedPoint, 4) => Signed ? ReadBand<int> : ReadBand<uint>,
        (H5DataTypeClass.FixedPoint, 8) => Signed ? ReadBand<long> : ReadBand<ulong>,
        (H5DataTypeClass.FloatingPoint, 4) => ReadBand<float>,
        (H5DataTypeClass.FloatingPoint, 8) => ReadBand<double>,
        _ => throw new RecordingException(
            "wrong-type", _file.Path, _path, $"The dataset holds {Hdf5Value.Shown(_dataset.Type)} values, not integers or 32- or 64-bit floats.",
            "Name the dataset that holds the samples, or convert the file."),
    };

    private bool Signed => _dataset.Type.FixedPoint.IsSigned;

    private void ReadBand<T>(long first, int count, Span<float> values)
        where T : unmanaged, INumberBase<T>
    {
        ulong[] starts = _timeFirst ? [(ulong)first, 0] : [0, (ulong)first];
        ulong[] blocks = _timeFirst ? [(ulong)count, (ulong)Channels] : [(ulong)Channels, (ulong)count];
        int length = count * Channels;
        var selection = new HyperslabSelection(2, starts, blocks);
        if (typeof(T) == typeof(float) && _timeFirst)
        {
            _dataset.Read(_access, values[..length], fileSelection: selection);
            return;
        }

        T[] rented = ArrayPool<T>.Shared.Rent(length);
        try
        {
            Span<T> raw = rented.AsSpan(0, length);
            _dataset.Read(_access, raw, fileSelection: selection);
            if (_timeFirst)
            {
                SampleConversion.ToSingle<T>(raw, values);
                return;
            }

            for (int c = 0; c < Channels; c++)
            {
                for (int r = 0; r < count; r++)
                {
                    values[(r * Channels) + c] = float.CreateTruncating(raw[(c * count) + r]);
                }
            }
        }
        finally
        {
            ArrayPool<T>.Shared.Return(rented);
        }
    }
}
