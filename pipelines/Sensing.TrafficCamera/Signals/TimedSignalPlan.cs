using Sensing.TrafficCamera.Events;

namespace Sensing.TrafficCamera.Signals;

/// <summary>A plan and the event time from which it holds.</summary>
public readonly record struct TimedSignalPlan(DateTimeOffset Time, SignalPlan Plan);
