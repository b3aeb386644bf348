using Sensing.Events;
using Sensing.Streams;
using Sensing.TrafficCamera.Events;
using Sensing.TrafficCamera.Signals;

namespace Sensing.TrafficCamera.Synthetic;

/// <summary>What a signal group of the site's junction shows, from the junction's plan events: lamps that obey the plan.</summary>
internal sealed class FollowedSignal : IAsyncDisposable
{
    private const int MostRemembered = 64;

    private readonly string _group;
    private readonly DateTimeOffset _epoch;
    private readonly Lock _lock = new();
    private readonly Queue<(double Seconds, SceneSignal Signal)> _shown = new();
    private readonly CancellationTokenSource _end;
    private readonly Task _reading;

    /// <param name="group">Name of the group.</param>
    /// <param name="context">Events of the site.</param>
    /// <param name="epoch">Time of the scene's first frame.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public FollowedSignal(string group, StreamContext context, DateTimeOffset epoch, CancellationToken cancellation)
    {
        _group = group;
        _epoch = epoch;
        _end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _reading = ReadAsync(context.SiteEvents, _end.Token);
    }

    /// <summary>What it shows so many seconds after the first frame; red before the first plan.</summary>
    public SceneSignal At(double seconds)
    {
        lock (_lock)
        {
            SceneSignal shown = SceneSignal.Red;
            foreach ((double begin, SceneSignal signal) in _shown)
            {
                shown = begin <= seconds ? signal : shown;
            }

            return shown;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task ReadAsync(ISiteEvents events, CancellationToken cancellation)
    {
        await foreach (SensorEvent made in events.ReadAsync([TrafficEvents.SignalPlan.Name], cancellation).ConfigureAwait(false))
        {
            SignalPlan plan = TrafficEvents.SignalPlan.Read(made);
            if (Array.Find(plan.Groups, group => group.Group == _group) is { } state)
            {
                lock (_lock)
                {
                    _shown.Enqueue(((made.Time - _epoch).TotalSeconds, Of(state.Aspect)));
                    if (_shown.Count > MostRemembered)
                    {
                        _shown.Dequeue();
                    }
                }
            }
        }
    }

    private static SceneSignal Of(SignalAspect aspect) => aspect switch
    {
        SignalAspect.Green or SignalAspect.Permissive => SceneSignal.Green,
        SignalAspect.Yellow => SceneSignal.Yellow,
        _ => SceneSignal.Red,
    };
}
