using System.Runtime.CompilerServices;
using Sensing.Events;
using Sensing.Modules;
using Sensing.Streams;

namespace Sensing.Marine.Sources;

/// <summary>Logs of NMEA 0183 and AIS, line by line, with the times in them, as fast as they are taken or at a pace.</summary>
/// <remarks>Damaged lines are yielded like any other: the pipeline counts them by reason.</remarks>
public sealed class LogSource(LogSourceOptions options, StreamContext context) : ISource<NmeaLine>
{
    /// <summary>A clock that steps back by less has been set, or was read by another program: lines keep the later time meanwhile.</summary>
    private static readonly TimeSpan SmallStep = TimeSpan.FromSeconds(10);

    private static readonly DateTimeOffset DefaultStart = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Lines within which the first time must stand; receivers report once a second.</summary>
    private const int LinesAhead = 10_000;

    public SourceBehaviour Behaviour => SourceBehaviour.Recording;

    public async IAsyncEnumerable<SourceItem<NmeaLine>> ReadAsync(
        SourcePosition? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        LogPosition position = after is { } saved ? LogPosition.Parse(saved) : LogPosition.Beginning;
        IReadOnlyList<(string Name, string Path)> files = RecordingFiles.Find(options.Files, context.BaseDirectory);
        var pace = new Pace(options.Pace, context.Time);
        for (int i = First(files, position); i < files.Count; i++)
        {
            (string name, string path) = files[i];
            if (position.Name != name)
            {
                position = await BeginAsync(name, path, position, cancellation).ConfigureAwait(false);
            }

            using FileStream stream = Open(path);
            stream.Seek(position.Offset, SeekOrigin.Begin);
            var lines = new LineBuffer(stream) { Offset = position.Offset };
            var clock = new LogClock(position);
            while (await lines.ReadAsync(cancellation).ConfigureAwait(false) is { } text)
            {
                cancellation.ThrowIfCancellationRequested();
                LogPosition before = position;
                position = Advance(position, clock, text.Span, lines.Offset);
                var time = new DateTimeOffset(position.Last, TimeSpan.Zero);
                if (position.Shift != before.Shift)
                {
                    yield return SourceItem<NmeaLine>.Of(
                        LineNotices.Backwards(path, position.Line, TimeSpan.FromTicks(position.Shift - before.Shift)), time, before.ToSourcePosition());
                }

                await pace.WaitAsync(time, cancellation).ConfigureAwait(false);
                yield return SourceItem<NmeaLine>.Of(new NmeaLine(time, text), position.ToSourcePosition());
            }
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static int First(IReadOnlyList<(string Name, string Path)> files, LogPosition position)
    {
        if (position.Name.Length == 0)
        {
            return 0;
        }

        for (int i = 0; i < files.Count; i++)
        {
            if (files[i].Name == position.Name)
            {
                return i;
            }
        }

        throw new SourceException(
            position.Name, null, "The file at which the stream stopped is missing from the configuration.",
            "Add it again, or delete the stream's checkpoint to start from the beginning.");
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SourceException(path, null, error.Message, "Check the option 'files'.", error);
        }
    }

    /// <summary>The beginning of a file: lines before the first time in it get that time.</summary>
    private async Task<LogPosition> BeginAsync(string name, string path, LogPosition before, CancellationToken cancellation)
    {
        using FileStream stream = Open(path);
        var lines = new LineBuffer(stream);
        var clock = new LogClock(LogPosition.Beginning);
        LogPosition start = LogPosition.Beginning with { Name = name, Last = before.Last };
        for (int line = 0; line < LinesAhead && await lines.ReadAsync(cancellation).ConfigureAwait(false) is { } text; line++)
        {
            if (clock.TimeOf(text.Span) is { } time)
            {
                return start with { Last = Math.Max(before.Last, time.UtcTicks) };
            }
        }

        DateTimeOffset first = options.StartTime is { } given && EventTime.TryParse(given, out DateTimeOffset parsed) ? parsed : DefaultStart;
        return start with { Last = before.Last > 0 ? before.Last : first.UtcTicks, IsUntimed = true };
    }

    private LogPosition Advance(LogPosition position, LogClock clock, ReadOnlySpan<byte> text, long offset)
    {
        long last = position.Last, shift = position.Shift;
        if (clock.TimeOf(text) is { } time)
        {
            if (time.UtcTicks + shift < last - SmallStep.Ticks)
            {
                shift = last - time.UtcTicks;
            }

            last = Math.Max(last, time.UtcTicks + shift);
        }
        else if (position.IsUntimed && position.Line > 0)
        {
            last += (long)(TimeSpan.TicksPerSecond / options.LinesPerSecond);
        }

        return position with
        {
            Offset = offset,
            Line = position.Line + 1,
            Last = last,
            Shift = shift,
            Date = clock.Date?.UtcTicks ?? 0,
            HasTags = clock.HasTags,
        };
    }
}
