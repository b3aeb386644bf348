namespace Sensing.CloudIngest.Configuration;

/// <summary>Whether a new store lies in hypertables of TimescaleDB.</summary>
public enum TimescaleUse
{
    /// <summary>Where the server has it and the role may use it; else in PostgreSQL's own partitions.</summary>
    Auto,

    /// <summary>Never.</summary>
    Off,

    /// <summary>Always: without it the store does not open.</summary>
    Required,
}
