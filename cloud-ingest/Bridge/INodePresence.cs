namespace Sensing.CloudIngest.Bridge;

/// <summary>Whether a node is connected now. Its last status alone does not tell: it may be from before a restart.</summary>
public interface INodePresence
{
    /// <returns>Null where this cannot be known here and the node's own word counts.</returns>
    bool? IsConnected(string site, string node);

    /// <summary>Why nothing can come in at present; null where all is well.</summary>
    string? Problem { get; }
}
