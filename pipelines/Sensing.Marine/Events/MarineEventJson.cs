using System.Text.Json.Serialization;
using Sensing.Marine.Encounters;
using Sensing.Marine.SignalK;

namespace Sensing.Marine.Events;

/// <summary>JSON of the marine payloads.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Encounter))]
[JsonSerializable(typeof(TrackedTarget))]
[JsonSerializable(typeof(OwnShipReport))]
[JsonSerializable(typeof(EncounterClass))]
[JsonSerializable(typeof(EncounterDuty))]
[JsonSerializable(typeof(SignalKSent))]
public sealed partial class MarineEventJson : JsonSerializerContext;
