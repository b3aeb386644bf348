namespace Sensing.Streams;

/// <summary>What is right when a pipeline is slower than its source.</summary>
public enum SourceBehaviour
{
    /// <summary>The source waits; nothing is lost.</summary>
    Recording,

    /// <summary>The sensor does not wait: the oldest block is dropped and counted.</summary>
    Live,
}
