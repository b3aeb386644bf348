using System.Text.Json.Serialization;

namespace Sensing.Events.Node;

public enum StreamState
{
    [JsonStringEnumMemberName("starting")]
    Starting,

    [JsonStringEnumMemberName("running")]
    Running,

    /// <summary>Open, yet no sample has come for longer than the watchdog allows.</summary>
    [JsonStringEnumMemberName("stalled")]
    Stalled,

    /// <summary>Failed; waits for its next try.</summary>
    [JsonStringEnumMemberName("retrying")]
    Retrying,

    /// <summary>A recording that has been read to its end.</summary>
    [JsonStringEnumMemberName("finished")]
    Finished,

    [JsonStringEnumMemberName("stopped")]
    Stopped,
}
