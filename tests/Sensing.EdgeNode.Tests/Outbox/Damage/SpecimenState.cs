namespace Sensing.EdgeNode.Tests.Outbox.Damage;

/// <summary>How a node has left its outbox.</summary>
public enum SpecimenState
{
    /// <summary>Closed in order: everything is in the database.</summary>
    Closed,

    /// <summary>Killed: everything is in the write-ahead log.</summary>
    Killed,

    /// <summary>Killed after a restart: the events are spread over database and log.</summary>
    KilledAfterRestart,
}
