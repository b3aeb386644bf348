using System.Globalization;
using System.Runtime.CompilerServices;
using Sensing.Events;
using Sensing.Events.Node;
using Sensing.Marine.Impacts.Inertial;
using Sensing.Streams;

namespace Sensing.Marine.Impacts.Sources;

/// <summary>Samples out of a CSV file. A bad line is a notice, and the lines after it are read.</summary>
public sealed class InertialCsvSource(InertialCsvOptions options, StreamContext context) : ISource<InertialSample>
{
    private static readonly DateTimeOffset DefaultStart = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Quantities = ["ax_mps2", "ay_mps2", "az_mps2", "gx_radps", "gy_radps", "gz_radps"];

    /// <summary>No sensor of vessels reads more: 200 g, and 35 turns a second.</summary>
    private const double MostAcceleration = 2000, MostRate = 220;

    public SourceBehaviour Behaviour => SourceBehaviour.Recording;

    public async IAsyncEnumerable<SourceItem<InertialSample>> ReadAsync(
        SourcePosition? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        long done = after is { } position ? Line(position) : 1;
        string path = Path.GetFullPath(options.File, context.BaseDirectory);
        using StreamReader lines = Open(path);
        Columns columns = Columns.Of(path, await lines.ReadLineAsync(cancellation).ConfigureAwait(false), Start());
        DateTimeOffset last = DateTimeOffset.MinValue;
        for (long number = 2; await lines.ReadLineAsync(cancellation).ConfigureAwait(false) is { } line; number++)
        {
            cancellation.ThrowIfCancellationRequested();
            (InertialSample? sample, string? problem) = line.AsSpan().Trim().IsEmpty ? default : columns.Read(line, last);
            last = sample?.Time ?? last;
            if (number <= done || (sample is null && problem is null))
            {
                continue;
            }

            var next = new SourcePosition(FormattableString.Invariant($"line|{number}"));
            yield return sample is not null
                ? SourceItem<InertialSample>.Of(sample, next)
                : SourceItem<InertialSample>.Of(Notice(path, number, problem!), last == DateTimeOffset.MinValue ? DefaultStart : last, next);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static StreamNotice Notice(string path, long line, string problem) => new()
    {
        Code = "bad-line",
        Severity = NoticeSeverity.Warning,
        Message = problem,
        Input = path,
        Position = $"line {line}",
        Remedy = "Correct or delete it.",
    };

    private static StreamReader Open(string path)
    {
        try
        {
            return new StreamReader(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SourceException(path, null, error.Message, "Check the option 'file'.", error);
        }
    }

    private static long Line(SourcePosition position) =>
        position.Value.Split('|') is ["line", var text] && long.TryParse(text, CultureInfo.InvariantCulture, out long line)
            ? line
            : throw new SourceException(
                position.Value, null, "This saved position is not one of a CSV source.", "Delete the stream's checkpoint to start from the beginning.");

    private DateTimeOffset Start() => options.StartTime is { } text && EventTime.TryParse(text, out DateTimeOffset start) ? start : DefaultStart;

    /// <summary>Where the header has what.</summary>
    private sealed record Columns(int Time, bool IsSeconds, DateTimeOffset Start, int[] Values)
    {
        public static Columns Of(string path, string? header, DateTimeOffset start)
        {
            string[] names = [.. (header ?? "").Split(',').Select(name => name.Trim())];
            int time = Array.IndexOf(names, "time"), seconds = Array.IndexOf(names, "t_s");
            int[] values = [.. Quantities.Select(name => Array.IndexOf(names, name))];
            return (time >= 0 || seconds >= 0) && !values.Contains(-1)
                ? new Columns(time >= 0 ? time : seconds, time < 0, start, values)
                : throw new SourceException(
                    path, "line 1", $"The header lacks {(time < 0 && seconds < 0 ? "time" : Quantities[Array.IndexOf(values, -1)])}.",
                    $"Write a header with time or t_s, and {string.Join(", ", Quantities)}.");
        }

        public (InertialSample? Sample, string? Problem) Read(string line, DateTimeOffset last)
        {
            string[] cells = line.Split(',');
            if (cells.Length <= Math.Max(Time, Values.Max()))
            {
                return (null, $"The line has {cells.Length} values.");
            }

            Span<double> values = stackalloc double[6];
            for (int i = 0; i < 6; i++)
            {
                if (!double.TryParse(cells[Values[i]], NumberStyles.Float, CultureInfo.InvariantCulture, out values[i])
                    || !(Math.Abs(values[i]) <= (i < 3 ? MostAcceleration : MostRate)))
                {
                    return (null, $"'{cells[Values[i]]}' is not a value of {Quantities[i]}.");
                }
            }

            if (Moment(cells[Time]) is not { } time)
            {
                return (null, $"'{cells[Time]}' is not a time.");
            }

            return time < last ? (null, "The line is older than the one before it.")
                : (new InertialSample(time, new Motion6(values[0], values[1], values[2], values[3], values[4], values[5])), null);
        }

        private DateTimeOffset? Moment(string text) => IsSeconds
            ? double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && Math.Abs(seconds) < 1e9
                ? Start.AddTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond)) : null
            : EventTime.TryParse(text, out DateTimeOffset time) ? time : null;
    }
}
