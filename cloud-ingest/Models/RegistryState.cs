using System.Text.Json.Serialization;

namespace Sensing.CloudIngest.Models;

/// <summary>What the registry does with a model.</summary>
public enum RegistryState
{
    /// <summary>Registered, and not published yet.</summary>
    [JsonStringEnumMemberName("candidate")]
    Candidate,

    /// <summary>Nodes are to run it: the manifest names it. At most one of a name.</summary>
    [JsonStringEnumMemberName("published")]
    Published,

    /// <summary>It was published until another was.</summary>
    [JsonStringEnumMemberName("superseded")]
    Superseded,

    /// <summary>The comparison found it no better than the model in use.</summary>
    [JsonStringEnumMemberName("rejected")]
    Rejected,

    /// <summary>It was published, and nodes must not run it any more.</summary>
    [JsonStringEnumMemberName("withdrawn")]
    Withdrawn,
}
