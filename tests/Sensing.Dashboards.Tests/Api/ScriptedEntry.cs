using Sensing.Events;

namespace Sensing.Dashboards.Tests.Api;

/// <summary>One line of the scripted store.</summary>
/// <param name="Sequence">Order of storing; the live stream's id.</param>
/// <param name="Event">The event; null for a node's state.</param>
/// <param name="Json">What the API sends.</param>
/// <param name="Arrival">When it came.</param>
internal sealed record ScriptedEntry(long Sequence, SensorEvent? Event, string Json, DateTimeOffset Arrival);
