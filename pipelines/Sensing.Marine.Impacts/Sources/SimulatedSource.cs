using System.Globalization;
using System.Runtime.CompilerServices;
using Sensing.Marine.Impacts.Inertial;
using Sensing.Marine.Impacts.Simulation;
using Sensing.Streams;

namespace Sensing.Marine.Impacts.Sources;

/// <summary>Samples of a simulated voyage, as a recording or as a sensor.</summary>
/// <remarks>A recording resumes by simulating again up to its position; a live one begins a new voyage.</remarks>
public sealed class SimulatedSource(SimulatedSourceOptions options, StreamContext context) : ISource<InertialSample>
{
    private static readonly DateTimeOffset RecordedStart = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public SourceBehaviour Behaviour => options.Live ? SourceBehaviour.Live : SourceBehaviour.Recording;

    public async IAsyncEnumerable<SourceItem<InertialSample>> ReadAsync(
        SourcePosition? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var voyage = new SimulatedVoyage(new VoyageOptions
        {
            Seed = options.Seed,
            Rate = options.Rate,
            EventEverySeconds = options.EventEverySeconds,
            WaveHeightM = options.WaveHeightM,
        });
        DateTimeOffset start = options.Live ? context.Time.GetUtcNow() : RecordedStart;
        long done = options.Live || after is not { } position ? 0 : Number(position);
        long end = options.DurationSeconds is { } seconds ? (long)Math.Round(seconds * options.Rate) : long.MaxValue;
        // A sensor's own time passes evenly, whatever the node's clock is set to.
        long begun = context.Time.GetTimestamp();
        for (long number = 1; number <= end; number++)
        {
            cancellation.ThrowIfCancellationRequested();
            DateTimeOffset time = start.AddTicks((long)Math.Round((number - 1) * TimeSpan.TicksPerSecond / options.Rate));
            if (options.Live && time - (start + context.Time.GetElapsedTime(begun)) is { } wait && wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, context.Time, cancellation).ConfigureAwait(false);
            }

            Motion6 motion = voyage.Step();
            if (number > done)
            {
                yield return SourceItem<InertialSample>.Of(
                    new InertialSample(time, motion), new SourcePosition(FormattableString.Invariant($"sample|{number}")));
            }
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static long Number(SourcePosition position) =>
        position.Value.Split('|') is ["sample", var text] && long.TryParse(text, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new SourceException(
                position.Value, null, "This saved position is not one of a simulated voyage.", "Delete the stream's checkpoint to start from the beginning.");
}
