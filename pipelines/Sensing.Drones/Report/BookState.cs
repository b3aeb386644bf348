using Sensing.Drones.Events;

namespace Sensing.Drones.Report;

/// <summary>Everything that the pipeline remembers, as it is saved.</summary>
internal sealed record BookState
{
    /// <summary>Number of the next segment, which the ids of its tasks derive from.</summary>
    public long NextSegment { get; set; }

    /// <summary>Segments whose tasks have not all ended, by their number.</summary>
    public SortedDictionary<long, OpenSegment> Open { get; init; } = [];

    /// <summary>The period of reports that runs; null before the first segment.</summary>
    public long? Period { get; set; }

    /// <summary>Drones that sent segments in the period.</summary>
    public SortedSet<string> Drones { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Each type in the period.</summary>
    public TypeTally[] Types { get; set; } = [];

    /// <summary>Windows that have not been settled.</summary>
    public SortedDictionary<long, WindowTally> Windows { get; init; } = [];

    /// <summary>Share of each type's tasks that were done in the last window that was settled; null before the first,
    /// or without tasks.</summary>
    public double?[] LastCompletion { get; set; } = [];

    /// <summary>Interval of pictures in which each drone's last one was.</summary>
    public SortedDictionary<string, long> Pictures { get; init; } = new(StringComparer.Ordinal);

    public double? DecisionMs { get; set; }

    public double? LinkMbits { get; set; }

    public CloudState? Cloud { get; set; }
}
