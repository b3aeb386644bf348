using System.Text.Json.Serialization;

namespace Sensing.Marine.Impacts;

/// <summary>What has become of a model on the node.</summary>
public enum ModelState
{
    /// <summary>The node has fetched it from the cloud; it is examined next.</summary>
    [JsonStringEnumMemberName("fetched")]
    Fetched,

    /// <summary>It decides.</summary>
    [JsonStringEnumMemberName("in-use")]
    InUse,

    /// <summary>It sees the same windows as the model in use; its answers are compared and not acted on.</summary>
    [JsonStringEnumMemberName("shadow")]
    Shadow,

    /// <summary>It did worse in shadow and never decided.</summary>
    [JsonStringEnumMemberName("rejected")]
    Rejected,

    /// <summary>It did worse while it decided: the model before it decides again.</summary>
    [JsonStringEnumMemberName("reverted")]
    Reverted,

    /// <summary>It could not be loaded, or does not fit this program.</summary>
    [JsonStringEnumMemberName("refused")]
    Refused,
}
