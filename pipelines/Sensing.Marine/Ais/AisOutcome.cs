namespace Sensing.Marine.Ais;

/// <summary>What became of an AIS sentence.</summary>
public enum AisOutcome
{
    /// <summary>It completes a message.</summary>
    Message,

    /// <summary>Other parts of its message are awaited.</summary>
    Pending,

    /// <summary>It was refused.</summary>
    Refused,
}
