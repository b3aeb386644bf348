using PureHDF.Selections;
using PureHDF.VOL.Native;
using Sensing.Das.Recordings.Hdf5;

namespace Sensing.Das.Recordings.ProdMl;

/// <summary><c>RawDataTime</c>: microseconds since 1970-01-01 UTC, one a sample.</summary>
internal sealed class ProdMlTimes : SampleTimes
{
    /// <summary>The year 2200, as for the start of any recording.</summary>
    private const long MostMicros = 7_258_118_400_000_000;

    private readonly Hdf5File _file;
    private readonly string _path;
    private readonly NativeDataset _dataset;
    private long[] _micros = [];

    /// <exception cref="RecordingException">It has another length than the samples.</exception>
    public ProdMlTimes(Hdf5File file, string path, long rows)
    {
        _file = file;
        _path = path;
        _dataset = (NativeDataset)file.Root.Get(path);
        if (_dataset.Space.Rank != 1 || (long)_dataset.Space.Dimensions[0] != rows || _dataset.Type.Size != 8)
        {
            throw new RecordingException(
                "wrong-type", file.Path, path, $"One 64-bit time a sample is expected ({rows}), not {string.Join(" × ", _dataset.Space.Dimensions)} values of {_dataset.Type.Size * 8} bits.",
                "Check the file.");
        }
    }

    public DateTimeOffset First
    {
        get
        {
            Span<DateTimeOffset> first = new DateTimeOffset[1];
            Read(0, first);
            return first[0];
        }
    }

    public override void Read(long firstRow, Span<DateTimeOffset> times)
    {
        int count = times.Length;
        if (_micros.Length < count)
        {
            _micros = new long[count];
        }

        _file.Guard($"{_path}, samples {firstRow} to {firstRow + count - 1}", () =>
        {
            _dataset.Read(_micros.AsSpan(0, count), fileSelection: new HyperslabSelection((ulong)firstRow, (ulong)count));
            return true;
        });
        for (int i = 0; i < count; i++)
        {
            if (_micros[i] is < 0 or >= MostMicros)
            {
                throw new RecordingException(
                    "wrong-type", _file.Path, $"{_path}, sample {firstRow + i}",
                    FormattableString.Invariant($"The time is {_micros[i]} microseconds since 1970, which no recording has."),
                    "Check the file; copy it again from the interrogator.");
            }

            times[i] = DateTimeOffset.UnixEpoch.AddTicks(_micros[i] * TimeSpan.TicksPerMicrosecond);
        }
    }
}
