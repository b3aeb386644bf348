namespace Sensing.TrafficCamera.Signals;

/// <summary>How the next phase is chosen.</summary>
public enum SignalRuleKind
{
    /// <summary>Max-pressure with the lost time of a change in the rule.</summary>
    MaxPressure,

    /// <summary>Webster's cycle and splits from measured flows.</summary>
    Webster,

    /// <summary>The fixed plan alone.</summary>
    Fixed,
}
