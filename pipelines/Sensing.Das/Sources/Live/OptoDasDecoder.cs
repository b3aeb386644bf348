using System.Diagnostics.CodeAnalysis;
using Sensing.Das.Recordings;
using Sensing.Events.Node;
using Sensing.Streams;

namespace Sensing.Das.Sources.Live;

/// <summary>Messages of an OptoDAS stream to blocks and notices. What is wrong is told, left out where it cannot be read, and the stream goes on.</summary>
internal sealed partial class OptoDasDecoder : IDisposable
{
    /// <summary>Runs of foreign messages, or of bad values, that are less apart than this are one and told once, s of sensor time.</summary>
    private const double RunSeconds = 10;

    private readonly OptoDasZmqSourceOptions _options;
    private readonly OptoDasHeaderReader _headers;
    private readonly SampleUnit _conversion;
    private readonly LiveBlocks _blocks;
    private readonly Queue<SourceItem<DasBlock>> _waiting = [];
    private readonly StrainDifference _difference = new();
    private OptoDasStreamHeader? _header;

    /// <summary>The channels that are handed on: the region's, between fromM and toM.</summary>
    private OptoDasRegion? _used;

    private string? _refused;
    private DateTimeOffset? _foreignAt;
    private DateTimeOffset? _badAt;
    private bool _resumed;

    public OptoDasDecoder(OptoDasZmqSourceOptions options, LivePosition position)
    {
        _options = options;
        _headers = new OptoDasHeaderReader(options.Endpoint, options.Region);
        _conversion = options.Conversion ?? throw new ArgumentException("The options have not been checked.", nameof(options));
        _blocks = new LiveBlocks(options.BlockSeconds, position, _waiting.Enqueue);
        _resumed = position.Geometry is not null;
    }

    public LivePosition Position => _blocks.Position;

    /// <summary>Whether a header has come by which data can be read.</summary>
    public bool HasHeader => _header is not null;

    /// <summary>The next block or notice that is ready.</summary>
    public bool TryNext([NotNullWhen(true)] out SourceItem<DasBlock>? item) => _waiting.TryDequeue(out item);

    /// <summary>Takes a message.</summary>
    /// <returns>Whether it held data.</returns>
    public bool Take(ReadOnlyMemory<byte> message)
    {
        if (_header is { } header && message.Length == header.MessageBytes)
        {
            TakeData(header, message.Span);
            return true;
        }

        TakeHeader(message);
        return false;
    }

    /// <summary>The sensor is silent: what has come goes out, and the silence is told once.</summary>
    /// <param name="now">The node's time, where no data have come yet.</param>
    /// <param name="problem">What is known of the reason.</param>
    /// <param name="remedy">What to do about it.</param>
    public void TellAway(DateTimeOffset now, string problem, string remedy)
    {
        if (!Position.Away)
        {
            _blocks.Flush();
            _blocks.Tell(away: true);
            Say(LiveNotices.Away(_options.Endpoint, Position.Expected, problem, remedy), Position.Expected ?? now);
        }
    }

    public void Dispose()
    {
        _blocks.Dispose();
        while (_waiting.TryDequeue(out SourceItem<DasBlock>? item))
        {
            item.Sample?.Dispose();
        }
    }

    private void TakeData(OptoDasStreamHeader header, ReadOnlySpan<byte> message)
    {
        OptoDasRegion used = _used!;
        DateTimeOffset time = OptoDasStreamHeader.TimeOf(message);
        Join(time, new DasGeometry(used.Count, header.TimeStepSeconds, used.StepM, used.FirstM, _options.GaugeLengthM));
        bool strain = _conversion.Quantity == RecordedQuantity.Strain;
        int begin = strain && !_difference.Primed ? 1 : 0;
        if (begin > 0)
        {
            // The first sample only serves the second: its own rate of change is not known.
            var first = new float[used.Count];
            header.ReadRow(message, 0, used.First, first);
            SampleConversion.Scale(first, (float)_conversion.Factor);
            _difference.Prime(first);
            _blocks.Skip();
        }

        int rows = header.Packages - begin;
        if (rows == 0)
        {
            return;
        }

        Span<float> values = _blocks.Room(rows);
        for (int r = 0; r < rows; r++)
        {
            header.ReadRow(message, begin + r, used.First, values.Slice(r * used.Count, used.Count));
        }

        long unknown = SampleConversion.Scale(values, (float)_conversion.Factor);
        int where = unknown > 0 ? FirstUnknown(values) : 0;
        if (strain)
        {
            _difference.Apply(values, used.Count, header.TimeStepSeconds);
        }

        int size = values.Length;
        _blocks.Took(rows);
        if (unknown > 0)
        {
            TellNotANumber($"message of {RecordingNotices.Time(time)}, sample {begin + (where / used.Count)}, channel {where % used.Count}", unknown, size);
        }
    }

    /// <summary>Checks a message's time against the grid.</summary>
    private void Join(DateTimeOffset time, DasGeometry geometry)
    {
        TimeSpan tolerance = RecordingReader.Tolerance(geometry.TimeStepSeconds);
        StreamNotice? notice = Position.Expected is not { } expected ? null
            : time < expected - tolerance ? LiveNotices.Backwards(_options.Endpoint, expected, time)
            : time <= expected + tolerance ? null
            : _resumed && !Position.Away ? RecordingNotices.Away(expected, time)
            : LiveNotices.Gap(_options.Endpoint, expected, time);
        if (notice is not null || Position.Geometry is null)
        {
            _blocks.Begin(time, geometry);
            _difference.Forget();
        }

        if (notice is not null)
        {
            Say(notice);
        }

        _resumed = false;
        _blocks.Tell(away: false);
    }

    private void TellForeign(int bytes)
    {
        DateTimeOffset? last = Position.Expected;
        bool run = _foreignAt is { } before && ((last ?? before) - before).TotalSeconds < RunSeconds;
        _foreignAt = last ?? DateTimeOffset.UnixEpoch;
        if (!run)
        {
            Say(LiveNotices.Foreign(_options.Endpoint, bytes, _header, last));
        }
    }

    private void TellNotANumber(string position, long count, int of)
    {
        DateTimeOffset now = Position.Expected!.Value;
        bool run = _badAt is { } before && (now - before).Duration().TotalSeconds < RunSeconds;
        _badAt = now;
        if (!run)
        {
            _blocks.Flush();
            Say(RecordingNotices.NotANumber(_options.Endpoint, position, count, of));
        }
    }

    private static int FirstUnknown(ReadOnlySpan<float> values)
    {
        int i = 0;
        while (!float.IsNaN(values[i]))
        {
            i++;
        }

        return i;
    }

    private void Say(StreamNotice notice) => Say(notice, Position.Expected ?? DateTimeOffset.UnixEpoch);

    private void Say(StreamNotice notice, DateTimeOffset time)
    {
        _blocks.Flush();
        _waiting.Enqueue(SourceItem<DasBlock>.Of(notice, time, Position.ToSourcePosition()));
    }
}
