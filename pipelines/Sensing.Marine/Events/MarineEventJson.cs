using System.Text.Json.Serialization;
using Sensing.Marine.Encounters;
using Sensing.Marine.Impacts;
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
[JsonSerializable(typeof(ImpactReport))]
[JsonSerializable(typeof(ImpactWindow))]
[JsonSerializable(typeof(ModelReport))]
[JsonSerializable(typeof(EncounterClass))]
[JsonSerializable(typeof(EncounterDuty))]
[JsonSerializable(typeof(SignalKSent))]
[JsonSerializable(typeof(ImpactClass))]
public sealed partial class MarineEventJson : JsonSerializerContext;
