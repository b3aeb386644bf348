using Sensing.Marine.Encounters;

namespace Sensing.Marine.Figures;

/// <summary>A vessel's way in the plane of the figure, nautical miles east and north of its origin.</summary>
internal sealed class VoyageTrack
{
    public List<(double East, double North, DateTimeOffset Time)> Points { get; } = [];

    public string Label { get; set; } = "";

    /// <summary>The most serious class that the encounter had.</summary>
    public EncounterClass Class { get; set; }

    public bool HadAlert { get; set; }
}
