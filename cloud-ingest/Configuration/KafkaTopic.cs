namespace Sensing.CloudIngest.Configuration;

/// <summary>The topics, named by the pipeline whose events they carry.</summary>
public enum KafkaTopic
{
    Das,
    Traffic,
    Marine,
    Drone,

    /// <summary>States of nodes, and events about nodes.</summary>
    Node,

    /// <summary>Events of pipelines that this product does not know.</summary>
    Other,

    /// <summary>What is no valid event, with the reason and its original bytes.</summary>
    Deadletter,
}
