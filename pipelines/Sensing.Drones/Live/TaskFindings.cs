using Sensing.Drones.Events;

namespace Sensing.Drones.Live;

/// <summary>What one task found in a segment. What it was not asked for is absent.</summary>
public sealed record TaskFindings
{
    public static TaskFindings Nothing { get; } = new();

    /// <summary>Persons, best first.</summary>
    public IReadOnlyList<PersonReport> Persons { get; init; } = [];

    /// <summary>How many persons there are.</summary>
    public int? Crowd { get; init; }

    /// <summary>Class of the nearest object.</summary>
    public string? NearestObject { get; init; }

    /// <summary>Its distance, m.</summary>
    public double? NearestObjectM { get; init; }
}
