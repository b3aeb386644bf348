namespace Sensing.CloudIngest.Log.Kafka.Producing;

/// <summary>What a broker's no to a batch means to its producer.</summary>
internal enum Refusal
{
    /// <summary>The partition is led by somebody else, or its topic is not there: look, and try again.</summary>
    Moved,

    /// <summary>Not now: try again.</summary>
    Later,

    /// <summary>The broker does not know the producer any more, or expects another number of it: try again under a new name.</summary>
    Forgotten,

    /// <summary>Somebody has to change something; tried again until then.</summary>
    Refused,
}
