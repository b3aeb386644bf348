namespace Sensing.EdgeNode.Configuration;

/// <summary>What the outbox does with a new event when its bounds are reached.</summary>
public enum WhenFull
{
    /// <summary>The stream waits until the broker has taken something. Right for recordings: nothing is lost.</summary>
    Block,

    /// <summary>The oldest event of the lowest priority makes room and is counted. Right for live sensors.</summary>
    DropLowestOldest,
}
