namespace Sensing.CloudIngest.Tests.Kafka.Producing;

/// <summary>What a scripted broker does with a produce request.</summary>
internal enum MoveKind
{
    /// <summary>As Kafka does.</summary>
    Answer,

    /// <summary>Closes the connection; nothing is appended.</summary>
    CloseBefore,

    /// <summary>Appends, and closes the connection.</summary>
    CloseAfter,

    /// <summary>Appends, and closes the connection in the middle of the answer.</summary>
    AnswerHalf,

    /// <summary>Appends, and sends an answer that is shorter than it says inside.</summary>
    AnswerShort,

    /// <summary>Appends, and answers another request than what was asked.</summary>
    AnswerOther,

    /// <summary>Appends, and answers without any partition.</summary>
    AnswerNothing,

    /// <summary>Appends nothing, and speaks HTTP.</summary>
    Http,

    /// <summary>Appends, and answers when the test says so.</summary>
    Hold,

    /// <summary>Answers an error and appends nothing.</summary>
    Refuse,

    /// <summary>The same of the first partition of the request only.</summary>
    RefuseFirst,

    /// <summary>Appends, and answers an error.</summary>
    AppendAndRefuse,

    /// <summary>Does not know any producer any more.</summary>
    Forget,

    /// <summary>The next broker leads from now on; nothing is appended.</summary>
    MoveLeader,
}
