using Sensing.Marine.Events;

namespace Sensing.Marine.Impacts.Detection;

/// <summary>A motion to be decided on, or its record a second later.</summary>
/// <param name="ShownAt">Time of the sample that showed it.</param>
/// <param name="Time">Now.</param>
/// <param name="Severity">How hard it has been so far.</param>
/// <param name="Features">For the classifier; empty in the record.</param>
/// <param name="Trace">The motion; in the record only, where it is asked for.</param>
/// <param name="Motion">The window for an upload; null in the record, and where nothing is uploaded.</param>
internal sealed record Sighting(DateTimeOffset ShownAt, DateTimeOffset Time, Severity Severity, float[] Features, ImpactTrace? Trace, byte[]? Motion = null)
{
    public bool IsRecord => Features.Length == 0;
}
