using System.Globalization;
using System.Runtime.CompilerServices;
using Sensing.Events;
using Sensing.Streams;

namespace Sensing.SamplePipeline.Sources;

/// <summary>A day's temperature, a steady wind and a gust every few minutes, each reading a function of seed and number alone.</summary>
public sealed class SyntheticSource(SyntheticSourceOptions options, StreamContext context) : ISource<WeatherReading>
{
    private static readonly DateTimeOffset DefaultStart = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public SourceBehaviour Behaviour => options.Live ? SourceBehaviour.Live : SourceBehaviour.Recording;

    /// <summary>Reading number <paramref name="n"/> of a station.</summary>
    public static WeatherReading At(SyntheticSourceOptions options, DateTimeOffset start, long n)
    {
        DateTimeOffset time = start.AddTicks((long)Math.Round(n * options.IntervalSeconds * TimeSpan.TicksPerSecond));
        double seconds = n * options.IntervalSeconds;
        double temperature = 10 + (6 * Math.Sin(2 * Math.PI * ((time.TimeOfDay.TotalHours - 9) / 24)));

        // Every 240 s a gust of about 15 s, whose strength depends on its number.
        long gust = (long)(seconds / 240);
        double within = seconds - (gust * 240) - 100;
        double shape = within is > 0 and < 15 ? Math.Sin(Math.PI * within / 15) : 0;
        double wind = 4 + (0.5 * Noise(options.Seed, n)) + (shape * (9 + (2 * Noise(options.Seed + 1, gust))));
        return new WeatherReading(time, Math.Round(temperature, 2), Math.Round(Math.Max(0, wind), 2));
    }

    public async IAsyncEnumerable<SourceItem<WeatherReading>> ReadAsync(
        SourcePosition? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        (DateTimeOffset start, long next) = after is { } position ? Parse(position) : (Start(), 0);
        long end = options.DurationSeconds is { } seconds ? (long)Math.Round(seconds / options.IntervalSeconds) : long.MaxValue;
        for (; next < end; next++)
        {
            WeatherReading reading = At(options, start, next);
            if (options.Live && reading.Time - context.Time.GetUtcNow() is { } wait && wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, context.Time, cancellation).ConfigureAwait(false);
            }

            cancellation.ThrowIfCancellationRequested();
            yield return SourceItem<WeatherReading>.Of(
                reading, new SourcePosition(string.Create(CultureInfo.InvariantCulture, $"synthetic|{start.UtcTicks}|{next + 1}")));
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>-1 to 1, from seed and number alone: SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).</summary>
    private static double Noise(int seed, long n)
    {
        ulong word = unchecked(((ulong)seed * 0x9E3779B97F4A7C15) + (ulong)n);
        word = unchecked((word ^ (word >> 30)) * 0xBF58476D1CE4E5B9);
        word = unchecked((word ^ (word >> 27)) * 0x94D049BB133111EB);
        return ((word >> 11) / (double)(1UL << 52)) - 1;
    }

    private DateTimeOffset Start() =>
        options.StartTime is not { } text ? options.Live ? context.Time.GetUtcNow() : DefaultStart
        : EventTime.TryParse(text, out DateTimeOffset start) ? start
        : throw new SourceException("synthetic", "startTime", $"'{text}' is not an ISO 8601 time.", "Write it as 2026-01-01T00:00:00Z.");

    private static (DateTimeOffset Start, long Next) Parse(SourcePosition position) =>
        position.Value.Split('|') is ["synthetic", var start, var next]
        && long.TryParse(start, CultureInfo.InvariantCulture, out long ticks) && ticks >= 0 && ticks <= DateTimeOffset.MaxValue.Ticks
        && long.TryParse(next, CultureInfo.InvariantCulture, out long number) && number >= 0
            ? (new DateTimeOffset(ticks, TimeSpan.Zero), number)
            : throw new SourceException(
                position.Value, null, "This saved position is not one of a synthetic source.", "Delete the stream's checkpoint to start from the beginning.");
}
