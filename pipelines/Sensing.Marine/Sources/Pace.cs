namespace Sensing.Marine.Sources;

/// <summary>Waits until a recorded line's time has come.</summary>
/// <param name="speed">Times of real time; null: it never waits.</param>
/// <param name="clock">The program's clock.</param>
internal sealed class Pace(double? speed, TimeProvider clock)
{
    private DateTimeOffset? _firstLine;
    private DateTimeOffset _begin;

    public async ValueTask WaitAsync(DateTimeOffset time, CancellationToken cancellation)
    {
        if (speed is not { } times)
        {
            return;
        }

        if (_firstLine is null)
        {
            (_firstLine, _begin) = (time, clock.GetUtcNow());
        }

        TimeSpan wait = _begin + ((time - _firstLine.Value) / times) - clock.GetUtcNow();
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, clock, cancellation).ConfigureAwait(false);
        }
    }
}
