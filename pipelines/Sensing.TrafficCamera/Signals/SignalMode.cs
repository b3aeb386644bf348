using System.Text.Json.Serialization;

namespace Sensing.TrafficCamera.Signals;

/// <summary>Who decides on the phase.</summary>
public enum SignalMode
{
    /// <summary>All red before the first phase.</summary>
    [JsonStringEnumMemberName("start")]
    Start,

    /// <summary>The configured rule.</summary>
    [JsonStringEnumMemberName("rule")]
    Rule,

    /// <summary>The fixed plan, configured or as a fallback.</summary>
    [JsonStringEnumMemberName("fixedPlan")]
    FixedPlan,

    /// <summary>A group has been red for as long as it may.</summary>
    [JsonStringEnumMemberName("starvation")]
    Starvation,

    /// <summary>An emergency vehicle.</summary>
    [JsonStringEnumMemberName("preemption")]
    Preemption,

    /// <summary>After a pre-emption: those that have waited longest.</summary>
    [JsonStringEnumMemberName("recovery")]
    Recovery,
}
