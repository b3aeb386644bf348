using System.Globalization;
using System.Runtime.CompilerServices;
using Sensing.Events;
using Sensing.Events.Node;
using Sensing.Streams;

namespace Sensing.SamplePipeline.Sources;

/// <summary>Readings out of a CSV file. A bad line is a notice, and the lines after it are read.</summary>
public sealed class CsvSource(CsvSourceOptions options, StreamContext context) : ISource<WeatherReading>
{
    private const string Header = "time,temperatureC,windMs";

    public SourceBehaviour Behaviour => SourceBehaviour.Recording;

    public async IAsyncEnumerable<SourceItem<WeatherReading>> ReadAsync(
        SourcePosition? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        long done = after is { } position ? Line(position) : 1;
        string path = Path.GetFullPath(options.File, context.BaseDirectory);
        using StreamReader lines = Open(path);
        if (await lines.ReadLineAsync(cancellation).ConfigureAwait(false) != Header)
        {
            throw new SourceException(path, "line 1", $"The header is not '{Header}'.", "Name a recording of a weather station.");
        }

        DateTimeOffset last = DateTimeOffset.MinValue;
        for (long number = 2; await lines.ReadLineAsync(cancellation).ConfigureAwait(false) is { } line; number++)
        {
            if (number > done)
            {
                cancellation.ThrowIfCancellationRequested();
                (WeatherReading? reading, string? problem) = Read(line, last);
                last = reading?.Time ?? last;
                var next = new SourcePosition($"line|{number}");
                yield return reading is not null
                    ? SourceItem<WeatherReading>.Of(reading, next)
                    : SourceItem<WeatherReading>.Of(Notice(path, number, problem!), last, next);
            }
            else
            {
                last = Read(line, last).Reading?.Time ?? last;
            }
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static (WeatherReading? Reading, string? Problem) Read(string line, DateTimeOffset last)
    {
        string[] cells = line.Split(',');
        if (cells.Length != 3 || !EventTime.TryParse(cells[0], out DateTimeOffset time)
            || !double.TryParse(cells[1], CultureInfo.InvariantCulture, out double temperature) || !double.IsFinite(temperature)
            || !double.TryParse(cells[2], CultureInfo.InvariantCulture, out double wind) || !(wind >= 0 && double.IsFinite(wind)))
        {
            return (null, $"The line is not '{Header}'.");
        }

        return time < last ? (null, "The line is older than the one before it.") : (new WeatherReading(time, temperature, wind), null);
    }

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
}
