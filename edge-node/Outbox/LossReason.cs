namespace Sensing.EdgeNode.Outbox;

/// <summary>Why events were dropped; the words of <c>sensing.node.loss.v1</c>.</summary>
internal static class LossReason
{
    public const string Full = "full";
    public const string Expired = "expired";
    public const string DeadLettersFull = "dead-letters-full";

    public static readonly string[] All = [Full, Expired, DeadLettersFull];
}
