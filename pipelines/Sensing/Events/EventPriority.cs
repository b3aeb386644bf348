namespace Sensing.Events;

/// <summary>How an event is ranked where room or time is short: alarms are sent first and dropped last.</summary>
public enum EventPriority
{
    /// <summary>Continuous values a viewer would like to have: images, samples. First to be dropped.</summary>
    Telemetry = 0,

    /// <summary>What happened: something passed, an index changed.</summary>
    Fact = 1,

    /// <summary>What somebody must act on.</summary>
    Alarm = 2,
}
