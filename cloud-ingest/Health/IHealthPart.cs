namespace Sensing.CloudIngest.Health;

/// <summary>A part of the process that the health checks ask.</summary>
public interface IHealthPart
{
    /// <summary>What the checks call it.</summary>
    string Name { get; }

    /// <summary>Why it cannot do its work at present; null where all is well.</summary>
    string? Problem { get; }

    /// <summary>Whether it is at work; false calls for a restart of the process.</summary>
    bool IsRunning { get; }
}
