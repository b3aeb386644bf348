using Sensing.Das.Recordings;
using Sensing.Events.Node;
using Sensing.Streams;

namespace Sensing.Das.Sources;

/// <summary>Reads one file after the other onto the stream's sample grid, and says what is wrong with them.</summary>
/// <remarks>
/// Files that join within <see cref="ToleranceSeconds"/> (or one and a half samples) stay on one grid. A gap, or a clock
/// that jumped, begins a new epoch. What lies before data already yielded is left out: time only goes on.
/// </remarks>
internal sealed class RecordingReader(double blockSeconds) : IDisposable
{
    /// <summary>Interrogators stamp their files to some milliseconds; vehicles are timed to some tens of them.</summary>
    private const double ToleranceSeconds = 0.02;

    /// <summary>Most values in a block, 64 MiB of them, whatever rate and channels a file has.</summary>
    private const double MostBlockValues = 16 << 20;

    private readonly Queue<SourceItem<DasBlock>> _waiting = [];
    private readonly StrainDifference _difference = new();
    private Recording? _recording;
    private string _path = "";
    private DateTimeOffset[] _times = [];

    // What of the open file has been checked against the grid, and said, already.
    private bool _joined;
    private bool _saidBackwards;
    private bool _saidNotANumber;

    /// <summary>How far a sample may lie from where the grid has it and still be on it.</summary>
    public static TimeSpan Tolerance(double timeStepSeconds) => TimeSpan.FromSeconds(Math.Max(1.5 * timeStepSeconds, ToleranceSeconds));

    /// <summary>Where the reader stands, after all that it has read.</summary>
    public RecordingPosition Position { get; private set; } = RecordingPosition.Beginning;

    /// <summary>Goes on after a saved position: opens its file again for what is left of it.</summary>
    public void Resume(RecordingPosition position, string path, Func<Recording> open)
    {
        Position = position;
        _path = path;
        _joined = position.Row > 0;
        try
        {
            _recording = open();
            Prime();
        }
        catch (RecordingException) when (position.Finished)
        {
            // A finished file may have been cleared away since: nothing of it is needed.
            CloseFile();
        }
        catch (RecordingException error)
        {
            CloseFile();
            Say(error.ToNotice());
        }
    }

    /// <summary>Begins the next file. What cannot be opened becomes a notice.</summary>
    /// <returns>The mistake, for a source that has nothing else to read.</returns>
    public RecordingException? Begin(string name, string path, Func<Recording> open)
    {
        Position = Position with { Name = name, Row = 0, Finished = false };
        _path = path;
        _joined = _saidBackwards = _saidNotANumber = false;
        try
        {
            _recording = open();
        }
        catch (RecordingException error)
        {
            Position = Position with { Finished = true };
            Say(error.ToNotice());
            return error;
        }

        DasGeometry geometry = _recording.Header.Geometry;
        if (Position is { Geometry: { } before, Expected: { } expected } && before != geometry)
        {
            // The new grid begins where the old one was to go on; whether the file does, is checked with its first block.
            Position = Position with { Epoch = expected, NextSample = 0, Geometry = geometry };
            _difference.Forget();
            Say(RecordingNotices.ChannelsChanged(path, before, geometry));
        }

        foreach (string remark in _recording.Remarks)
        {
            Say(RecordingNotices.Remark(path, remark));
        }

        return null;
    }

    /// <summary>The next block or notice; null where the file is done.</summary>
    public SourceItem<DasBlock>? Next()
    {
        while (_waiting.Count == 0)
        {
            if (_recording is null)
            {
                return null;
            }

            if (Position.Row >= _recording.Header.Rows)
            {
                CloseFile();
                continue;
            }

            try
            {
                ReadSome(_recording);
            }
            catch (RecordingException error)
            {
                Advance(_recording.Header.Rows - Position.Row, 0);
                _difference.Forget();
                Say(error.ToNotice());
            }
        }

        return _waiting.Dequeue();
    }

    public void Dispose()
    {
        CloseFile();
        while (_waiting.TryDequeue(out SourceItem<DasBlock>? item))
        {
            item.Sample?.Dispose();
        }
    }

    private void ReadSome(Recording recording)
    {
        RecordingHeader header = recording.Header;
        double most = Math.Min(blockSeconds / header.Geometry.TimeStepSeconds, MostBlockValues / header.Geometry.Channels);
        int wanted = (int)Math.Min(Math.Max(1, Math.Round(most)), header.Rows - Position.Row);
        int rows = JoinGrid(recording, wanted);
        if (rows == 0)
        {
            return;
        }

        if (header.Quantity == RecordedQuantity.Strain && !_difference.Primed)
        {
            // The first sample only serves the second: its own rate of change is not known.
            Advance(1, 1);
            Prime();
            return;
        }

        DasBlock block = ReadBlock(recording, rows, out bool unknown);
        long firstRow = Position.Row;
        Advance(block.Rows, block.Rows);
        _waiting.Enqueue(SourceItem<DasBlock>.Of(block, Position.ToSourcePosition()));
        if (unknown && !_saidNotANumber)
        {
            TellNotANumber(block, firstRow);
        }
    }

    /// <summary>Reads the rows, or as many of them as a cut file still holds.</summary>
    private DasBlock ReadBlock(Recording recording, int rows, out bool unknown)
    {
        DasGeometry geometry = recording.Header.Geometry;
        while (true)
        {
            var block = new DasBlock(geometry, Position.Epoch, Position.NextSample, rows);
            try
            {
                unknown = recording.Read(Position.Row, rows, block.Values) > 0;
                if (recording.Header.Quantity == RecordedQuantity.Strain)
                {
                    _difference.Apply(block.Values, geometry.Channels, geometry.TimeStepSeconds);
                }

                return block;
            }
            catch (RecordingException) when (rows > 1)
            {
                // The damage lies somewhere in these rows: what is before it is good.
                block.Dispose();
                rows /= 2;
            }
            catch
            {
                block.Dispose();
                throw;
            }
        }
    }

    /// <summary>Checks the times of the next rows against the grid.</summary>
    /// <returns>How many of them follow each other on the grid; 0 where some were left out and the rest must be looked at again.</returns>
    private int JoinGrid(Recording recording, int rows)
    {
        RecordingHeader header = recording.Header;
        double timeStep = header.Geometry.TimeStepSeconds;
        if (_times.Length < rows)
        {
            _times = new DateTimeOffset[rows];
        }

        bool stored = recording.ReadTimes(Position.Row, _times.AsSpan(0, rows));
        if (_joined && !stored)
        {
            return rows;
        }

        TimeSpan tolerance = Tolerance(timeStep);
        DateTimeOffset first = stored ? _times[0] : header.StartTime + TimeSpan.FromSeconds(Position.Row * timeStep);
        if (Position.Expected is not { } expected)
        {
            NewEpoch(first, header.Geometry);
        }
        else if (first < expected - tolerance)
        {
            LeaveOut(header, stored ? _times.AsSpan(0, rows) : [], first, expected);
            return 0;
        }
        else if (first > expected + tolerance)
        {
            NewEpoch(first, header.Geometry);
            Say(RecordingNotices.Gap(_path, expected, first));
        }

        _joined = true;
        for (int r = 1; stored && r < rows; r++)
        {
            DateTimeOffset onGrid = Position.Expected!.Value + TimeSpan.FromSeconds(r * timeStep);
            if ((_times[r] - onGrid).Duration() > tolerance)
            {
                return r;
            }
        }

        return rows;
    }

    /// <summary>Passes over rows that lie before what is expected.</summary>
    private void LeaveOut(RecordingHeader header, ReadOnlySpan<DateTimeOffset> times, DateTimeOffset first, DateTimeOffset expected)
    {
        long row = Position.Row;
        long skip = 0;
        while (skip < times.Length && times[(int)skip] < expected)
        {
            skip++;
        }

        if (times.IsEmpty)
        {
            skip = Math.Min(
                header.Rows - row, (long)Math.Ceiling((expected - first).TotalSeconds / header.Geometry.TimeStepSeconds));
        }

        Advance(skip, 0);
        _difference.Forget();
        if (!_saidBackwards)
        {
            _saidBackwards = true;
            Say(RecordingNotices.Backwards(
                _path, row == 0 ? null : $"sample {row}", expected, first,
                row == 0 && skip == header.Rows ? "the whole file is left out" : "samples are left out until time goes on"));
        }
    }

    private void NewEpoch(DateTimeOffset time, DasGeometry geometry)
    {
        Position = Position with { Epoch = time, NextSample = 0, Geometry = geometry };
        _difference.Forget();
    }

    private void Advance(long rows, long samples) => Position = Position with
    {
        Row = Position.Row + rows,
        NextSample = Position.NextSample + samples,
        Finished = Position.Row + rows >= _recording!.Header.Rows,
    };

    /// <summary>Reads the strain before the next row, where there is one.</summary>
    private void Prime()
    {
        if (_recording is { Header.Quantity: RecordedQuantity.Strain } recording && Position.Row > 0)
        {
            var row = new float[recording.Header.Geometry.Channels];
            recording.Read(Position.Row - 1, 1, row);
            _difference.Prime(row);
        }
    }

    private void TellNotANumber(DasBlock block, long firstRow)
    {
        ReadOnlySpan<float> values = block.Values;
        long count = 0, first = -1;
        for (int i = 0; i < values.Length; i++)
        {
            if (float.IsNaN(values[i]))
            {
                count++;
                first = first < 0 ? i : first;
            }
        }

        _saidNotANumber = true;
        int channels = block.Geometry.Channels;
        Say(RecordingNotices.NotANumber(_path, $"sample {firstRow + (first / channels)}, channel {first % channels}", count, values.Length));
    }

    private void CloseFile()
    {
        _recording?.Dispose();
        _recording = null;
    }

    private void Say(StreamNotice notice) => _waiting.Enqueue(SourceItem<DasBlock>.Of(
        notice, Position.Expected ?? _recording?.Header.StartTime ?? DateTimeOffset.UnixEpoch, Position.ToSourcePosition()));
}
