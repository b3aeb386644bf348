namespace Sensing.CloudIngest.Log;

/// <summary>What is wrong with a dead letter, in a word of few: for counting. <see cref="DeadLetterRecord.Reason"/> says it in full.</summary>
public enum DeadLetterKind
{
    /// <summary>The attributes of a CloudEvent are missing or malformed.</summary>
    Attributes,

    /// <summary>Its content type is not JSON.</summary>
    ContentType,

    /// <summary>The topic does not belong to source and type.</summary>
    Topic,

    /// <summary>The data are not JSON.</summary>
    Syntax,

    /// <summary>The data are no payload of their type.</summary>
    Payload,

    /// <summary>A node status that is none.</summary>
    Status,

    /// <summary>The store holds as many pairs of stream and type as it may.</summary>
    Series,

    /// <summary>The store refused it for what is in it.</summary>
    Store,

    /// <summary>Anything else.</summary>
    Other,
}
