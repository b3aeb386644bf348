using System.Text.Json;
using Sensing.Marine.Encounters;
using Sensing.Marine.Events;

namespace Sensing.Benchmarks.Marine;

/// <summary>Classes and duties as JSON writes them.</summary>
internal static class EncounterWords
{
    public static string Of(EncounterClass kind) => JsonSerializer.Serialize(kind, MarineEventJson.Default.EncounterClass).Trim('"');

    public static string Of(EncounterDuty duty) => JsonSerializer.Serialize(duty, MarineEventJson.Default.EncounterDuty).Trim('"');
}
