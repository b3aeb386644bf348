using Sensing.Events;
using Sensing.Streams;

namespace Sensing.Modules.SiteEvents;

/// <summary>An event of another stream as a sample, for pipelines whose sensor is another pipeline.</summary>
/// <param name="Event">The event; null in a tick, which only says that time has passed.</param>
/// <param name="Time">Event time; never before the sample's predecessor's.</param>
public sealed record SiteEvent(SensorEvent? Event, DateTimeOffset Time) : ITimed
{
    public TimeSpan Duration => TimeSpan.Zero;
}
