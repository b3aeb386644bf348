namespace Sensing.Scheduling;

/// <summary>A policy or an executor broke a rule of the scheduler; the message names the task and the rule.</summary>
public sealed class SchedulingException(string message) : Exception(message);
