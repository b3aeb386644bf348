namespace Sensing.EdgeNode.Outbox;

/// <summary>What a table of an outbox holds.</summary>
/// <param name="Title">What its rows are.</param>
/// <param name="Rows">Rows that were read.</param>
/// <param name="Damaged">Those of them that are not what was written.</param>
/// <param name="Problem">Why the table could not be read to its end; null where it was.</param>
internal sealed record OutboxTableCount(string Title, long Rows, long Damaged, string? Problem);
