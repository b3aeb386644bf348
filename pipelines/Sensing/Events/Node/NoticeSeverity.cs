using System.Text.Json.Serialization;

namespace Sensing.Events.Node;

public enum NoticeSeverity
{
    /// <summary>Worth knowing; nothing was lost.</summary>
    [JsonStringEnumMemberName("info")]
    Info,

    /// <summary>Some input was unusable or is missing; the stream goes on.</summary>
    [JsonStringEnumMemberName("warning")]
    Warning,

    /// <summary>The stream cannot go on without somebody's help.</summary>
    [JsonStringEnumMemberName("error")]
    Error,
}
