using System.Text.Json.Serialization;

namespace Sensing.Das.Events;

/// <summary>JSON of the fibre's payloads: camelCase, enumerations as text, absent values left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(VehiclePassage))]
[JsonSerializable(typeof(TrafficFlow))]
[JsonSerializable(typeof(DayProfile))]
[JsonSerializable(typeof(WaterfallTile))]
public sealed partial class DasEventJson : JsonSerializerContext;
