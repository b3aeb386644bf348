using Sensing.Marine.Encounters;

namespace Sensing.Marine.Figures;

/// <summary>Where a target was when its encounter got its class.</summary>
internal sealed record VoyageMark(VoyageTrack Track, double East, double North, EncounterClass Class, DateTimeOffset Time);
